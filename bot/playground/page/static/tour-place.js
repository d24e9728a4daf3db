// The ring round what is next: it goes where that goes, and only as far as it is seen.

import { el } from "./dom.js";
import { visible } from "./tour-scene.js";

const AROUND_PX = 5;
const ROUND_PX = 14;
const MOVING_MS = 320;

export class Ring {
  #moving = 0;

  constructor() {
    this.element = el("div", { class: "tour-ring", popover: "manual", "aria-hidden": "true" });
    this.target = null;
  }

  /** Goes round an element; there is no ring round what is scrolled away, or round null. */
  follow(target) {
    const { classList } = this.element;
    if (target !== this.target) {
      this.target = target;
      target?.scrollIntoView({ block: "nearest", inline: "nearest" });
      classList.add("moving");
      clearTimeout(this.#moving);
      this.#moving = setTimeout(() => classList.remove("moving"), MOVING_MS);
    }
    const rect = target && visible(target) ? seen(target) : null;
    classList.toggle("nowhere", rect === null);
    if (rect) this.#encircle(rect, Number.parseFloat(getComputedStyle(target).borderTopLeftRadius) || ROUND_PX);
  }

  /** Shows that what is in it is being pressed. */
  tap() {
    this.element.classList.remove("tap");
    void this.element.offsetWidth;
    this.element.classList.add("tap");
  }

  #encircle(rect, radius) {
    const { style } = this.element;
    style.left = `${rect.left - AROUND_PX}px`;
    style.top = `${rect.top - AROUND_PX}px`;
    style.width = `${rect.width + 2 * AROUND_PX}px`;
    style.height = `${rect.height + 2 * AROUND_PX}px`;
    style.borderRadius = `${radius + AROUND_PX}px`;
  }
}

/** The part of an element that is seen where its chat is scrolled. */
function seen(target) {
  const rect = target.getBoundingClientRect();
  const log = target.closest(".log")?.getBoundingClientRect();
  if (!log) return rect;
  const top = Math.max(rect.top, log.top);
  const bottom = Math.min(rect.bottom, log.bottom);
  return { left: rect.left, top, width: rect.width, height: Math.max(0, bottom - top) };
}
