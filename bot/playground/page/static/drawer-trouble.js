// What can go wrong between a bot and its platform, and how the bot gets over it.

import { button, el } from "./dom.js";
import { Answer, attempt, part, pause, Watch } from "./drawer-parts.js";

const KINDS = ["429", "500", "cut_before", "cut_after"];
const LOOK_MS = 300;

export class Trouble {
  #context;
  #t;
  #answer = new Answer();
  #watch = new Watch();
  #people = el("ul", { class: "phones-list" });
  #off = () => {};

  constructor(context) {
    this.#context = context;
    this.#t = context.strings.t;
    const t = this.#t;
    const kinds = KINDS.map((kind) => el("li", {}, button({ class: "drawer-button", data: { trouble: kind } }, () => this.#make(kind), t(`drawer.trouble.${kind}`)), el("p", { class: "drawer-words" }, t(`drawer.trouble.${kind}.words`))));
    this.element = el(
      "div",
      { class: "drawer-page" },
      part(t("drawer.trouble.title"), t("drawer.trouble.words"), this.#answer.element, el("ul", { class: "troubles" }, kinds)),
      part(t("drawer.block.title"), t("drawer.block.words"), this.#people),
    );
  }

  enter() {
    this.#drawPeople();
    const { store } = this.#context;
    const offs = [
      store.on("change", (_, kind) => ["blocked", "unblocked"].includes(kind) && this.#drawPeople()),
      store.on("reset", () => this.#forget()),
    ];
    this.#off = () => offs.forEach((off) => off());
  }

  /** What was planned is gone with its world. */
  #forget() {
    this.#watch.stop();
    this.#answer.say("");
    this.#drawPeople();
  }

  leave() {
    this.#off();
    this.#watch.stop();
  }

  async #make(kind) {
    const { api } = this.#context;
    let seen = 0;
    const planned = await attempt(this.#answer, this.#t, async () => {
      const calls = await api.get("/control/calls");
      seen = calls.at(-1)?.seq ?? 0;
      await api.post("/demo/trouble", { kind });
    });
    if (!planned) return;
    this.#answer.say(this.#t("drawer.trouble.planned"), "working");
    this.#watch.start(async (going) => {
      const fresh = await api.get(`/control/calls?after=${seen}`);
      if (going()) this.#tell(fresh);
      await pause(LOOK_MS);
    });
  }

  /** Says what met the trouble, and once it was tried again, how that went. */
  #tell(calls) {
    const struck = calls.find((call) => call.fault);
    if (!struck) return;
    const args = { method: struck.method, to: this.#name(struck), fault: this.#t(`drawer.fault.${struck.fault}`) };
    const again = calls.find((call) => call.seq > struck.seq && call.method === struck.method && call.params.chat_id === struck.params.chat_id && call.answer.ok);
    if (!again) {
      this.#answer.say(this.#t("drawer.trouble.struck", args), "working");
      return;
    }
    this.#watch.stop();
    const seconds = Math.round((again.at - struck.at) / 100) / 10;
    this.#answer.say(this.#t(struck.fault === "cut_after" ? "drawer.trouble.twice" : "drawer.trouble.over", { ...args, seconds }), "good");
  }

  #name(call) {
    const person = this.#context.store.person(Number(call.params.chat_id));
    return person ? this.#context.strings.of(person.name) : String(call.params.chat_id);
  }

  #drawPeople() {
    const { store } = this.#context;
    this.#people.replaceChildren(...store.people.map((person) => this.#person(person, store.chat(person.id).blocked)));
  }

  #person(person, blocked) {
    const { api, strings } = this.#context;
    const act = blocked ? "unblock" : "block";
    const name = strings.of(person.name);
    const press = () => attempt(this.#answer, this.#t, () => api.post(`/control/users/${person.id}/${act}`));
    const pressed = button({ class: `drawer-button small${blocked ? "" : " bad"}`, "aria-label": `${this.#t(act)}: ${name}`, data: { [act]: person.id } }, press, this.#t(act));
    return el("li", {}, el("span", { class: "phone-of" }, name, el("span", { class: "role", data: { role: person.role } }, this.#t(`role.${person.role}`))), pressed);
  }
}
