// What a browser remembers of the tour: whether it is open, whether it was begun, and in which world a page was read.

const KEPT_UNDER = "moaref.tour";

export function keptState() {
  try {
    return JSON.parse(localStorage.getItem(KEPT_UNDER)) ?? {};
  } catch {
    return {};
  }
}

export function keepState(state) {
  try {
    localStorage.setItem(KEPT_UNDER, JSON.stringify(state));
  } catch {
    // a browser that keeps nothing begins the tour at its invitation each time
  }
}
