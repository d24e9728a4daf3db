// The demo's clock, what it brings next, and ways to move it.

import { Refusal } from "./api.js";
import { button, el } from "./dom.js";
import { Answer, change, money, part, pause, Watch } from "./drawer-parts.js";

const STEPS = { day: { days: 1 }, week: { days: 7 }, month: { months: 1 } };
const SECOND_MS = 1000;
const LOOK_MS = 4000;
const SHOWN = 6;
const MATURITY = "maturity";

export class Time {
  #context;
  #t;
  #clock = el("time", { class: "demo-clock" });
  #answer = new Answer();
  #ticking = 0;
  #watch = new Watch();
  #next = el("ol", { class: "upcoming" });
  #none;

  constructor(context) {
    this.#context = context;
    this.#t = context.strings.t;
    const t = this.#t;
    this.progress = el("progress", { class: "drawer-progress", "aria-label": t("drawer.working"), hidden: true });
    const steps = Object.keys(STEPS).map((step) => button({ class: "drawer-button", data: { step } }, () => this.#pass(step), t(`drawer.time.${step}`)));
    this.#none = el("p", { class: "drawer-none" }, t("drawer.loading"));
    this.element = el(
      "div",
      { class: "drawer-page" },
      part(
        t("drawer.time.now"),
        null,
        this.#clock,
        el("p", { class: "drawer-words" }, t("drawer.time.words")),
        el("div", { class: "drawer-buttons" }, steps),
        this.progress,
        this.#answer.element,
      ),
      part(t("drawer.time.next"), null, this.#none, this.#next),
    );
  }

  enter() {
    this.#show();
    this.#ticking = setInterval(() => this.#show(), SECOND_MS);
    this.#watch.start(async (going) => {
      await this.#lookAhead(going);
      await pause(LOOK_MS);
    });
  }

  leave() {
    clearInterval(this.#ticking);
    this.#watch.stop();
  }

  #show() {
    const { format, store } = this.#context;
    this.#clock.textContent = format.full(store.now());
    this.#clock.dateTime = new Date(store.now()).toISOString();
  }

  /** Shows what comes next; while time passes, what was known before stays. */
  async #lookAhead(going = () => true) {
    try {
      const found = await this.#context.api.get("/demo/upcoming");
      if (going()) this.#list(found);
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
    }
  }

  #list({ upcoming, ...unit }) {
    this.#next.replaceChildren(...upcoming.slice(0, SHOWN).map((each) => this.#line(each, unit)));
    this.#none.hidden = true;
  }

  #line({ what, at, count, amount }, unit) {
    const { format, store, strings } = this.#context;
    const said = what === MATURITY ? this.#t("drawer.next.maturity", { count, amount: money({ amount, ...unit }, strings) }) : this.#named(what);
    const time = el("time", { datetime: new Date(at).toISOString(), title: format.full(at) }, `${format.day(at, store.now())} · ${format.time(at)}`);
    return el("li", { data: { what } }, el("span", { class: "upcoming-what" }, said), time);
  }

  /** A job in words; its own name where the page has none for it. */
  #named(job) {
    const said = this.#t(`drawer.next.${job}`);
    return said.startsWith("drawer.") ? job : said;
  }

  async #pass(step) {
    const context = this.#context;
    await change({
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
    await this.#lookAhead();
  }
}
