// Every call of the bot to the platform, newest first, with what was asked and what was answered.

import { el } from "./dom.js";
import { pause, pretty, Records, shortTime, Watch } from "./drawer-parts.js";

const LOOK_MS = 700;
const KEPT = 200;
const WAITING = "getUpdates";

export class Calls {
  #context;
  #t;
  #watch = new Watch();
  #seq = 0;
  #world = null;
  #calls = [];
  #records;
  #waiting;

  /** `kept` is what `keep` returned of the page that was here before. */
  constructor(context, kept = null) {
    this.#context = context;
    this.#t = context.strings.t;
    this.#waiting = el("input", { type: "checkbox", id: "calls-waiting", on: { change: () => this.#again() } });
    const choice = el("label", { class: "drawer-choice", for: "calls-waiting" }, this.#waiting, el("span", {}, this.#t("drawer.calls.waiting")));
    this.#records = new Records({ kept: KEPT, sentence: this.#t("drawer.calls.none"), loading: this.#t("drawer.loading") });
    this.element = el("div", { class: "drawer-page" }, el("p", { class: "drawer-words" }, this.#t("drawer.calls.words")), choice, this.#records.element);
    if (kept) this.#resume(kept);
  }

  keep() {
    return { world: this.#world, calls: this.#calls, waiting: this.#waiting.checked, open: this.#records.open };
  }

  #resume({ world, calls, waiting, open }) {
    this.#world = world;
    this.#waiting.checked = waiting;
    if (world !== null) this.#take(calls);
    this.#records.unfold(open);
  }

  enter() {
    this.#watch.start(async (going) => {
      const calls = await this.#context.api.get(`/control/calls?after=${this.#seq}`);
      if (!going()) return;
      if (this.#world !== this.#context.store.world) this.#begin();
      else this.#take(calls);
      await pause(LOOK_MS);
    });
  }

  leave() {
    this.#watch.stop();
  }

  #again() {
    this.#begin();
    this.enter();
  }

  #begin() {
    this.#world = this.#context.store.world;
    this.#seq = 0;
    this.#calls = [];
    this.#records.clear();
  }

  #take(calls) {
    if (calls.length) this.#seq = calls.at(-1).seq;
    const shown = calls.filter((call) => this.#waiting.checked || call.method !== WAITING).slice(-KEPT);
    this.#calls = [...this.#calls, ...shown].slice(-KEPT);
    this.#records.add(shown.map((call) => this.#row(call)));
  }

  #row(call) {
    const { strings } = this.#context;
    const failed = !call.answer.ok;
    const fate = call.fault ? this.#t(`drawer.fault.${call.fault}`) : failed ? String(call.answer.error_code ?? "✗") : "✓";
    const to = this.#to(call);
    const head = el(
      "summary",
      {},
      el("span", { class: `fate ${failed || call.fault ? "bad" : "good"}` }, fate),
      el("bdi", { class: "record-name" }, call.method),
      to ? el("span", { class: "record-to", dir: "auto" }, to) : null,
      el("span", { class: "record-time" }, `${shortTime(call.at, this.#context)} · ${this.#t("drawer.ms", { ms: call.took_ms })}`),
    );
    const record = el("details", { class: "record", data: { method: call.method, seq: call.seq } }, head);
    record.addEventListener("toggle", () => {
      if (!record.open || record.children.length > 1) return;
      record.append(el("h4", {}, this.#t("drawer.calls.asked")), pretty(call.params, strings.t), el("h4", {}, this.#t("drawer.calls.answered")), pretty(call.answer, strings.t));
    });
    return el("li", {}, record);
  }

  #to(call) {
    const person = this.#context.store.person(Number(call.params.chat_id));
    return person ? this.#context.strings.of(person.name) : call.params.chat_id ?? "";
  }
}
