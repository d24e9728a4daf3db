// Where the ring and the card go: the card never over what is to be pressed, and always inside the window.

const GAP = 16;
const EDGE = 10;
const NARROW = "(max-width: 899px)";

/** Puts the ring round a rectangle. */
export function encircle(ring, rect, radius) {
  const around = 5;
  const { style } = ring;
  style.left = `${rect.left - around}px`;
  style.top = `${rect.top - around}px`;
  style.width = `${rect.width + 2 * around}px`;
  style.height = `${rect.height + 2 * around}px`;
  style.borderRadius = `${radius + around}px`;
}

/** Puts the card beside the first of `spared` that leaves room for it, pointing at `rect`; without one, at the foot. */
export function stand(card, rect, spared, dir) {
  const size = { width: card.offsetWidth, height: card.offsetHeight };
  const window = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
  const place = rect ? beside(rect, spared, size, window, dir) : foot(size, window);
  card.dataset.side = place.side;
  card.style.left = `${place.left}px`;
  card.style.top = `${place.top}px`;
  if (rect) point(card, rect, place, size);
}

/** Where a card fits that covers none of `spared`, or at least not its last; else in the half that `rect` leaves free. */
export function beside(rect, spared, size, window, dir) {
  const sides = matchMedia(NARROW).matches ? ["above", "below"] : [dir === "rtl" ? "left" : "right", dir === "rtl" ? "right" : "left", "above", "below"];
  const middle = { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 };
  const left = within(middle.x - size.width / 2, size.width, window.width);
  const top = within(middle.y - size.height / 2, size.height, window.height);
  for (const around of spared) {
    const places = {
      right: { left: around.right + GAP, top },
      left: { left: around.left - GAP - size.width, top },
      below: { left, top: around.bottom + GAP },
      above: { left, top: around.top - GAP - size.height },
    };
    for (const side of sides) if (fits(places[side], size, window)) return { side, ...places[side] };
  }
  const side = middle.y > window.height / 2 ? "above" : "below";
  return { side, left, top: side === "above" ? EDGE : window.height - EDGE - size.height };
}

function fits({ left, top }, size, window) {
  return left >= EDGE && top >= EDGE && left + size.width <= window.width - EDGE && top + size.height <= window.height - EDGE;
}

function within(start, length, whole) {
  return Math.max(EDGE, Math.min(start, whole - EDGE - length));
}

function foot(size, window) {
  return { side: "none", left: (window.width - size.width) / 2, top: window.height - size.height - 28 };
}

/** Lets the card's corner point at the middle of what it speaks of. */
function point(card, rect, place, size) {
  const across = place.side === "above" || place.side === "below";
  const aim = across ? rect.left + rect.width / 2 - place.left : rect.top + rect.height / 2 - place.top;
  card.style.setProperty("--aim", `${Math.max(22, Math.min(aim, (across ? size.width : size.height) - 22))}px`);
}
