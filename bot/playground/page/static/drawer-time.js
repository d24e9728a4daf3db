// The demo's clock, and ways to move it.

import { button, el } from "./dom.js";
import { Answer, change, part } from "./drawer-parts.js";

const STEPS = { day: { days: 1 }, week: { days: 7 }, month: { months: 1 } };
const SECOND_MS = 1000;

export class Time {
  #context;
  #t;
  #clock = el("time", { class: "demo-clock" });
  #answer = new Answer();
  #ticking = 0;

  constructor(context) {
    this.#context = context;
    this.#t = context.strings.t;
    this.progress = el("progress", { class: "drawer-progress", "aria-label": this.#t("drawer.working"), hidden: true });
    const steps = Object.keys(STEPS).map((step) => button({ class: "drawer-button", data: { step } }, () => this.#pass(step), this.#t(`drawer.time.${step}`)));
    this.element = el("div", { class: "drawer-page" }, part(
      this.#t("drawer.time.now"),
      null,
      this.#clock,
      el("p", { class: "drawer-words" }, this.#t("drawer.time.words")),
      el("div", { class: "drawer-buttons" }, steps),
      this.progress,
      this.#answer.element,
    ));
  }

  enter() {
    this.#show();
    this.#ticking = setInterval(() => this.#show(), SECOND_MS);
  }

  leave() {
    clearInterval(this.#ticking);
  }

  #show() {
    const { format, store } = this.#context;
    this.#clock.textContent = format.full(store.now());
    this.#clock.dateTime = new Date(store.now()).toISOString();
  }

  #pass(step) {
    const context = this.#context;
    return change({
      context,
      answer: this.#answer,
      buttons: () => this.element.querySelectorAll("button"),
      progress: this.progress,
      path: "/demo/clock",
      body: STEPS[step],
      told: (before, after, messages) => {
        context.store.skew = after.now - Date.now();
        this.#show();
        const rows = after.journal - before.journal;
        const what = rows || messages ? this.#t("drawer.time.came", { rows, messages }) : this.#t("drawer.time.nothing");
        return `${this.#t(`drawer.time.passed.${step}`)} ${what}`;
      },
    });
  }
}
