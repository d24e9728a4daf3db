// The tour's card: which step, what happens, and what can be pressed. It stands in a strip of its own above the phones,
// over boxes too, and covers none of them.

import { button, el, icon } from "./dom.js";

const WHOLE = ["welcome", "finish"];

export class TourCard {
  #strings;
  #place;
  #said = el("div", { class: "tour-said", "aria-live": "polite" });
  #head = el("div", { class: "tour-head" });
  #buttons = el("div", { class: "tour-buttons" });

  /** `place` is the strip, `leave()` puts the card away. */
  constructor(strings, place, leave) {
    this.#strings = strings;
    this.#place = place;
    this.element = el("section", { class: "tour-card", popover: "manual" }, this.#head, this.#said, this.#buttons);
    this.away = button({ class: "round tour-leave" }, leave, icon("close"));
  }

  /**
   * Shows a scene: `text` names it, `step` of `steps` is the place in the story (0: none), `words` and `command` are
   * said, `buttons` can be pressed. Buttons that are there already stay as they are.
   */
  show({ text, title, words, command = "", step, steps, buttons }) {
    const { t } = this.#strings;
    this.element.setAttribute("aria-label", t("tour.name"));
    this.element.dataset.scene = text;
    this.element.classList.toggle("whole", WHOLE.includes(text));
    this.away.setAttribute("aria-label", t("tour.leave"));
    this.away.title = t("tour.leave");
    put(this.#head, [step ? this.#dots(step, steps) : null, this.away]);
    this.#said.replaceChildren(el("h2", { dir: "auto" }, title), el("p", { dir: "auto" }, words), ...(command ? [el("code", { dir: "ltr" }, command)] : []));
    put(this.#buttons, buttons);
  }

  /** Stands in the strip, which grows with it, and says where it ends, for what begins below. */
  stand() {
    const { style } = this.element;
    const { left, top, width } = this.#place.getBoundingClientRect();
    Object.assign(style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
    this.#reserve(this.element.offsetHeight);
  }

  /** The strip is gone. */
  fold() {
    this.#reserve(0);
  }

  get firstButton() {
    return this.#buttons.querySelector("button") ?? this.element.querySelector("button");
  }

  #reserve(height) {
    const size = `${height}px`;
    if (this.#place.style.blockSize !== size) this.#place.style.blockSize = size;
    const end = height ? Math.max(0, this.#place.getBoundingClientRect().top + height) : 0;
    const { style } = document.documentElement;
    if (style.getPropertyValue("--guide-end") !== `${end}px`) style.setProperty("--guide-end", `${end}px`);
    document.body.classList.toggle("with-guide", height > 0);
  }

  #dots(step, steps) {
    const dots = Array.from({ length: steps }, (_, place) => el("i", { class: place < step - 1 ? "over" : place === step - 1 ? "now" : "" }));
    return el("div", { class: "tour-dots" }, el("span", { class: "tour-step" }, this.#strings.t("tour.step", { step, steps })), el("span", { class: "dots-row", "aria-hidden": "true" }, dots));
  }
}

/** Lets an element hold exactly these children; those that stay are not taken out, so that they keep the focus. */
function put(element, children) {
  const wanted = children.filter(Boolean);
  for (const child of [...element.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, place) => element.children[place] !== child && element.insertBefore(child, element.children[place] ?? null));
}
