// Every call of the bot to the platform, newest first, with what was asked and what was answered.

import { el } from "./dom.js";
import { pause, pretty, shortTime, Watch } from "./drawer-parts.js";

const LOOK_MS = 700;
const KEPT = 200;
const WAITING = "getUpdates";

export class Calls {
  #context;
  #t;
  #watch = new Watch();
  #seq = 0;
  #world = null;
  #list = el("ol", { class: "records", reversed: true });
  #none;
  #waiting;

  constructor(context) {
    this.#context = context;
    this.#t = context.strings.t;
    this.#waiting = el("input", { type: "checkbox", id: "calls-waiting", on: { change: () => this.#again() } });
    const choice = el("label", { class: "drawer-choice", for: "calls-waiting" }, this.#waiting, el("span", {}, this.#t("drawer.calls.waiting")));
    this.#none = el("p", { class: "drawer-none" }, this.#t("drawer.calls.none"));
    this.element = el("div", { class: "drawer-page" }, el("p", { class: "drawer-words" }, this.#t("drawer.calls.words")), choice, this.#none, this.#list);
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
    this.#list.replaceChildren();
  }

  #take(calls) {
    if (calls.length) this.#seq = calls.at(-1).seq;
    const shown = calls.filter((call) => this.#waiting.checked || call.method !== WAITING).slice(-KEPT);
    this.#list.prepend(...shown.reverse().map((call) => this.#row(call)));
    while (this.#list.children.length > KEPT) this.#list.lastElementChild.remove();
    this.#none.hidden = this.#list.children.length > 0;
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
    const record = el("details", { class: "record", data: { method: call.method } }, head);
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
