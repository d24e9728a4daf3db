// The guided tour: a ring round what is next, a card beside it, and five steps that notice by themselves what was done.

import { button, el, icon } from "./dom.js";
import { addStyle } from "./style.js";
import { Facts } from "./tour-facts.js";
import { keepState, keptState } from "./tour-kept.js";
import { nextMove, STEPS } from "./tour-moves.js";
import { encircle, stand } from "./tour-place.js";
import { Scenes, spared, visible } from "./tour-scene.js";

const ROUND_PX = 14;
const MOVING_MS = 320;
const ROLES = ["member", "friend", "admin"];

/** Puts the tour into `element`; it needs the demo, whose people play the story. */
export async function mountTour(element, context) {
  if (!context.store.demo) {
    context.toolbar.tour.hidden = true;
    return null;
  }
  await addStyle("/page/tour.css");
  const tour = new Tour(element, context);
  await tour.begin();
  return tour;
}

class Tour {
  #context;
  #facts;
  #ring = el("div", { class: "tour-ring", popover: "manual", "aria-hidden": "true" });
  #card = el("section", { class: "tour-card", popover: "manual" });
  #open = false;
  #drawn = "";
  #box = null;
  #scenes;
  #said = el("div", { class: "tour-said", "aria-live": "polite" });
  #target = null;
  #kept = keptState();
  #byKeys = false;
  #moving = 0;
  #early = [];

  constructor(element, context) {
    this.#context = context;
    this.#facts = new Facts(context.store.people);
    this.#scenes = new Scenes(this, context);
    this.read = false;
    element.append(this.#ring, this.#card);
    const { store, strings, toolbar } = context;
    toolbar.tour.setAttribute("aria-expanded", "false");
    toolbar.tour.addEventListener("click", () => (this.#open ? this.leave() : this.show()));
    this.#card.addEventListener("keydown", (event) => event.key === "Escape" && this.leave());
    this.#card.addEventListener("click", (event) => (this.#byKeys = event.detail === 0), true);
    document.addEventListener("pointerdown", () => (this.#byKeys = false));
    store.on("reset", () => this.#forget());
    store.on("people", () => this.#facts.done.size || this.#forget());
    store.on("event", (event) => (this.#early ? this.#early.push(event) : this.#facts.take(event)));
    strings.on("language", () => (this.#drawn = ""));
    context.tour = this;
  }

  /** Learns what has happened before; whoever is here for the first time is invited. */
  async begin() {
    const before = await this.#context.api.get("/control/events?after=0").catch(() => []); // a world that just ends has no story
    for (const event of [...before, ...this.#early]) this.#facts.take(event);
    this.#early = null;
    this.read = this.#kept.world === this.#context.store.world && this.#kept.read === true;
    if (this.#kept.open ?? true) this.show({ focus: false });
  }

  get now() {
    return this.#context.store.now();
  }

  get plan() {
    const { demo } = this.#context.store;
    return demo.plans.find((plan) => plan.id === demo.plan);
  }

  get people() {
    return Object.fromEntries(ROLES.map((role) => [role, this.#context.store.people.find((person) => person.role === role)]));
  }

  /** The language of the phones' people, which need not be the page's. */
  get speaks() {
    return this.#context.store.demo.lang;
  }

  /** A number in the digits that they write. */
  digits(number) {
    return this.speaks === "fa" ? String(number).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : String(number);
  }

  show({ focus = true } = {}) {
    this.#open = true;
    this.#drawn = "";
    this.#context.toolbar.tour.setAttribute("aria-expanded", "true");
    this.#keep();
    this.#watch();
    if (focus) this.#takeFocus({});
  }

  leave() {
    this.#open = false;
    this.#hide();
    this.#context.toolbar.tour.setAttribute("aria-expanded", "false");
    this.#context.toolbar.tour.focus();
    this.#keep();
  }

  /** Looks in every frame where what is next stands now, because chats scroll and grow. */
  #watch() {
    if (!this.#open) return;
    this.#look();
    requestAnimationFrame(() => this.#watch());
  }

  #look() {
    const box = document.querySelector("dialog[open]");
    const move = this.begun ? nextMove(this.#facts, this) : null;
    const scene = this.#scenes.of(move, box);
    if (!scene) {
      this.#hide();
      this.#drawn = "";
      return;
    }
    const drawn = `${scene.text} ${scene.write ?? ""} ${scene.target ? "there" : ""} ${box ? "box" : ""} ${this.#context.strings.lang}`;
    if (drawn !== this.#drawn) this.#draw(scene, move, drawn);
    if (box !== this.#box) this.#raise(box);
    this.#follow(scene.target);
  }

  #draw(scene, move, drawn) {
    this.#drawn = drawn;
    const { t } = this.#context.strings;
    const whole = scene.text === "welcome" || scene.text === "finish";
    const args = this.#args(scene);
    const title = whole ? t(`tour.${scene.text}.title`) : t(`tour.title.${move.step}`);
    const words = t(scene.again && !scene.ready ? "tour.again" : whole ? `tour.${scene.text}.words` : `tour.${scene.text}`, args);
    const away = button({ class: "round tour-leave", "aria-label": t("tour.leave"), title: t("tour.leave") }, () => this.leave(), icon("close"));
    const head = el("div", { class: "tour-head" }, whole ? null : this.#dots(move.step), away);
    this.#card.setAttribute("aria-label", t("tour.name"));
    this.#card.dataset.scene = scene.text;
    const command = scene.write && !scene.ready ? [el("code", { dir: "ltr" }, scene.write)] : [];
    this.#said.replaceChildren(el("h2", { dir: "auto" }, title), el("p", { dir: "auto" }, words), ...command);
    if (!this.#said.isConnected) this.#card.append(head, this.#said);
    this.#card.firstElementChild.replaceWith(head);
    while (this.#said.nextSibling) this.#said.nextSibling.remove();
    this.#card.append(el("div", { class: "tour-buttons" }, this.#buttons(scene, move)));
    this.#rise();
    if (this.#byKeys) this.#takeFocus(scene);
  }

  #args(scene) {
    const { strings } = this.#context;
    const names = Object.fromEntries(ROLES.map((role) => [role, strings.of(this.people[role].name)]));
    return { ...names, name: strings.of(scene.name), command: scene.write ?? "", days: this.plan.maturity_days };
  }

  #dots(step) {
    const { t } = this.#context.strings;
    const dots = Array.from({ length: STEPS }, (_, place) => el("i", { class: place < step - 1 ? "over" : place === step - 1 ? "now" : "" }));
    return el("div", { class: "tour-dots" }, el("span", { class: "tour-step" }, t("tour.step", { step, steps: STEPS })), el("span", { class: "dots-row", "aria-hidden": "true" }, dots));
  }

  #buttons(scene, move) {
    const { t } = this.#context.strings;
    const main = (label, press) => button({ class: "plain-button", data: { tour: label } }, press, t(`tour.${label}`));
    const quiet = (label, press) => button({ class: "plain-button quiet", data: { tour: label } }, press, t(`tour.${label}`));
    if (scene.text === "welcome") return [main("begin", () => this.#go()), quiet("alone", () => this.leave())];
    if (scene.text === "finish") return [main("more", () => this.#toProgramme()), quiet("over", () => this.leave())];
    const there = scene.target ? [button({ class: "plain-button quiet tour-there", data: { tour: "there" } }, () => this.#toTarget(), t("tour.there"))] : [];
    if (move.next && !["tab", "aside"].includes(scene.text)) return [main("next", () => this.#haveRead()), ...there];
    return scene.write && !scene.ready ? [main("fill", () => this.#fill(scene)), ...there] : there;
  }

  /** Whoever goes by the keyboard is taken along: from each card to what it speaks of, and on to the next card. */
  #takeFocus(scene) {
    if (document.querySelector("dialog[open]")) scene.target?.focus();
    else if (!scene.ready) (this.#card.querySelector(".tour-buttons button") ?? this.#card.querySelector("button")).focus();
  }

  get begun() {
    return this.#kept.begun === true;
  }

  #go() {
    this.#keep({ begun: true });
    this.#drawn = "";
    this.#look();
  }

  #haveRead() {
    this.read = true;
    this.#keep();
  }

  #fill({ input, write }) {
    input.value = write;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  }

  #toTarget() {
    const target = this.#target;
    if (!target) return;
    if (!target.matches("button, textarea, a, [tabindex]")) target.tabIndex = -1;
    target.focus();
  }

  #toProgramme() {
    this.leave();
    this.#context.drawer?.show("programme");
  }

  #follow(target) {
    if (target !== this.#target) {
      this.#target = target;
      target?.scrollIntoView({ block: "nearest", inline: "nearest" });
      this.#ring.classList.add("moving");
      clearTimeout(this.#moving);
      this.#moving = setTimeout(() => this.#ring.classList.remove("moving"), MOVING_MS);
    }
    const rect = target && visible(target) ? target.getBoundingClientRect() : null;
    this.#ring.classList.toggle("nowhere", rect === null);
    if (rect) encircle(this.#ring, rect, Number.parseFloat(getComputedStyle(target).borderTopLeftRadius) || ROUND_PX);
    stand(this.#card, rect, spared(target, rect), this.#context.strings.dir);
  }

  #rise() {
    if (!this.#ring.matches(":popover-open")) this.#ring.showPopover();
    if (!this.#card.matches(":popover-open")) this.#card.showPopover();
  }

  /** A box that comes up lies above everything that was there before. */
  #raise(box) {
    this.#box = box;
    this.#hide();
    this.#rise();
  }

  #hide() {
    if (this.#ring.matches(":popover-open")) this.#ring.hidePopover();
    if (this.#card.matches(":popover-open")) this.#card.hidePopover();
  }

  #forget() {
    this.#facts = new Facts(this.#context.store.people);
    this.read = false;
    this.#drawn = "";
  }

  #keep(more = {}) {
    this.#kept = { ...this.#kept, open: this.#open, read: this.read, world: this.#context.store.world, ...more };
    keepState(this.#kept);
  }
}
