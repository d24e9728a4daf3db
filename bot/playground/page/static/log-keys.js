// A conversation is one stop of the Tab key: arrows lead from button to button in it, Home and End to its first and last.

const STOPS = ".message :is(button, a[href], [role='button'])";
const TO_ROW = { ArrowUp: -1, ArrowDown: 1 };
const IN_ROW = { ArrowLeft: -1, ArrowRight: 1 };

export class LogKeys {
  #log;
  #current = null;

  constructor(log) {
    this.#log = log;
    log.addEventListener("keydown", (event) => this.#key(event));
    log.addEventListener("focusin", (event) => this.#stops().includes(event.target) && this.#settle(event.target));
  }

  /** After messages came or changed: keeps the stop where it was, or with `newest` takes it to the last message. */
  refresh({ newest = false } = {}) {
    const stops = this.#stops();
    const here = stops.includes(document.activeElement) ? document.activeElement : null;
    const kept = !newest && stops.includes(this.#current) ? this.#current : null;
    this.#settle(here ?? kept ?? newestOf(stops), stops);
  }

  #stops() {
    return [...this.#log.querySelectorAll(STOPS)];
  }

  #settle(current, stops = this.#stops()) {
    this.#current = current;
    for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1;
  }

  #key(event) {
    const stops = this.#stops();
    if (!stops.includes(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = this.#next(event, stops);
    if (next === undefined) return;
    event.preventDefault();
    next?.focus();
  }

  /** Where a key leads; null where there is nothing further, undefined for keys that lead nowhere. */
  #next({ key, target }, stops) {
    if (key === "Home") return stops[0];
    if (key === "End") return stops.at(-1);
    if (key in TO_ROW) return besides(rows(stops), target, TO_ROW[key]);
    if (!(key in IN_ROW)) return undefined;
    const mirrored = getComputedStyle(target.parentElement).direction === "rtl";
    return stops[stops.indexOf(target) + IN_ROW[key] * (mirrored ? -1 : 1)] ?? null;
  }
}

/** The first button of the last message that has any. */
function newestOf(stops) {
  const message = stops.at(-1)?.closest(".message");
  return stops.find((stop) => stop.closest(".message") === message) ?? null;
}

/** The stops by rows: buttons that stand beside each other, and everything else alone. */
function rows(stops) {
  const found = [];
  for (const stop of stops) {
    const row = stop.closest(".keys");
    if (row && found.at(-1)?.row === row) found.at(-1).stops.push(stop);
    else found.push({ row, stops: [stop] });
  }
  return found;
}

/** The stop above or below another one, in the same column where the row is as long. */
function besides(all, target, step) {
  const place = all.findIndex((each) => each.stops.includes(target));
  const there = all[place + step];
  return there ? there.stops[Math.min(all[place].stops.indexOf(target), there.stops.length - 1)] : null;
}
