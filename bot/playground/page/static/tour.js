// The guided tour: a ring round what is next, a card beside it, and five steps that notice by themselves what was done.

import { button, el, icon } from "./dom.js";
import { Facts } from "./tour-facts.js";
import { nextMove, STEPS } from "./tour-moves.js";
import { encircle, stand } from "./tour-place.js";

const KEPT_UNDER = "moaref.tour";
const LOST_MS = 1500;
const ANSWER_MS = 10000;
const ROUND_PX = 14;
const MOVING_MS = 320;
const ROLES = ["member", "friend", "admin"];

/** Puts the tour into `element`; it needs the demo, whose people play the story. */
export async function mountTour(element, context) {
  if (!context.store.demo) {
    context.toolbar.tour.hidden = true;
    return null;
  }
  await style("/page/tour.css");
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
  #seenAt = 0;
  #target = null;
  #kept = keptState();
  #byKeys = false;
  #moving = 0;
  #early = [];

  constructor(element, context) {
    this.#context = context;
    this.#facts = new Facts(context.store.people);
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
    const before = await this.#context.api.get("/control/events?after=0");
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
    const move = this.#begun ? nextMove(this.#facts, this) : null;
    const scene = this.#scene(move, box);
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

  /** What is shown now: `text` with `target` to point at; null while a box stands over the page. */
  #scene(move, box) {
    if (!this.#begun) return box ? null : { text: "welcome", target: null };
    if (!move) return box ? null : { text: "finish", target: null };
    if (box) return this.#inBox(move, box);
    if (move.time) return this.#clock();
    const away = this.#awayFrom(move);
    if (away) return away;
    const phone = document.querySelector(`.phone[data-person="${this.people[move.who].id}"]`);
    if (move.write) return this.#writing(move, phone, move.write(this));
    const target = found(phone, move.press);
    if (target) {
      this.#seenAt = performance.now();
      return { text: move.id, target };
    }
    const lost = performance.now() - this.#seenAt > LOST_MS;
    return lost && move.again ? { ...this.#writing(move, phone, move.again(this)), again: true } : { text: move.id, target: null, waits: true };
  }

  #inBox(move, box) {
    const target = move.choose && box.querySelector(`[data-choice="${this.people[move.choose].id}"]`);
    return target ? { text: `${move.id}.choose`, target } : null;
  }

  /** On a narrow screen another phone, or the drawer, may be in front. */
  #awayFrom(move) {
    const narrow = matchMedia("(max-width: 899px)").matches;
    const drawer = document.querySelector("#drawer:not([hidden])");
    if (drawer && narrow) return { text: "aside", target: drawer.querySelector(".drawer-head button") };
    const person = this.people[move.who];
    if (!narrow || this.#context.phones.current === person.id) return null;
    return { text: "tab", name: person.name, target: document.querySelector(`.tab[data-person="${person.id}"]`) };
  }

  #writing(move, phone, text) {
    const input = phone?.querySelector(".composer textarea");
    if (!input) return { text: move.id, target: found(phone, [".start-button", ".unblock-button"]) };
    if (this.#isOnItsWay(move.who, text)) return { text: "send", write: text, ready: true, target: null };
    const ready = input.value.trim() === text;
    return { text: ready ? "send" : move.id, write: text, ready, target: ready ? phone.querySelector(".send-button") : input, input };
  }

  /** Sent, and not answered yet: it need not be written once more. */
  #isOnItsWay(who, text) {
    const last = [...this.#context.store.chat(this.people[who].id).messages.values()].at(-1);
    return last?.text === text && this.now - last.date * 1000 < ANSWER_MS;
  }

  #clock() {
    const ways = ['#drawer:not([hidden]) [data-step="week"]', '#drawer:not([hidden]) [data-page="time"]', "#drawer-button"];
    return { text: "wait", target: found(document, ways) };
  }

  #draw(scene, move, drawn) {
    this.#drawn = drawn;
    const { t } = this.#context.strings;
    const whole = scene.text === "welcome" || scene.text === "finish";
    const args = this.#args(scene);
    const title = whole ? t(`tour.${scene.text}.title`) : t(`tour.title.${move.step}`);
    const words = t(scene.again ? "tour.again" : whole ? `tour.${scene.text}.words` : `tour.${scene.text}`, args);
    const away = button({ class: "round tour-leave", "aria-label": t("tour.leave"), title: t("tour.leave") }, () => this.leave(), icon("close"));
    const head = el("div", { class: "tour-head" }, whole ? null : this.#dots(move.step), away);
    this.#card.setAttribute("aria-label", t("tour.name"));
    this.#card.dataset.scene = scene.text;
    const said = el("div", { class: "tour-said", "aria-live": "polite" }, el("h2", { dir: "auto" }, title), el("p", { dir: "auto" }, words), scene.write && !scene.ready ? el("code", { dir: "ltr" }, scene.write) : null);
    this.#card.replaceChildren(head, said, el("div", { class: "tour-buttons" }, this.#buttons(scene, move)));
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
    if (scene.text === "finish") return [main("more", () => this.#toShop()), quiet("over", () => this.leave())];
    const there = scene.target ? [button({ class: "plain-button quiet tour-there", data: { tour: "there" } }, () => this.#toTarget(), t("tour.there"))] : [];
    if (move.next && !["tab", "aside"].includes(scene.text)) return [main("next", () => this.#haveRead()), ...there];
    return scene.write && !scene.ready ? [main("fill", () => this.#fill(scene)), ...there] : there;
  }

  /** Whoever goes by the keyboard is taken along: from each card to what it speaks of, and on to the next card. */
  #takeFocus(scene) {
    if (document.querySelector("dialog[open]")) scene.target?.focus();
    else if (!scene.ready) (this.#card.querySelector(".tour-buttons button") ?? this.#card.querySelector("button")).focus();
  }

  get #begun() {
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

  #toShop() {
    this.leave();
    this.#context.drawer?.show("shop");
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

/** The last of the elements that fit the first selector of which there are any: what is newest stands last. */
function found(root, selectors) {
  for (const selector of selectors) {
    const all = [...(root?.querySelectorAll(selector) ?? [])].filter((each) => each.offsetParent !== null || each.getClientRects().length);
    const message = all.at(-1)?.closest(".message");
    const alike = message ? all.filter((each) => each.closest(".message") === message) : all.slice(-1);
    if (alike.length) return alike[0];
  }
  return null;
}

/** What the card had better not cover besides the target: the message it belongs to, the line that is written. */
function spared(target, rect) {
  if (!rect) return [];
  const around = target.closest(".message, .composer, .incoming, .box");
  return around ? [around.getBoundingClientRect(), rect] : [rect];
}

/** Whether somebody sees it: a chat may be scrolled away from it. */
function visible(target) {
  const rect = target.getBoundingClientRect();
  if (!rect.width || !rect.height) return false;
  const around = target.closest(".log, .drawer-body")?.getBoundingClientRect();
  if (!around) return true;
  const middle = rect.top + Math.min(rect.height, 60) / 2;
  return middle > around.top && middle < around.bottom;
}

function keptState() {
  try {
    return JSON.parse(localStorage.getItem(KEPT_UNDER)) ?? {};
  } catch {
    return {};
  }
}

function keepState(state) {
  try {
    localStorage.setItem(KEPT_UNDER, JSON.stringify(state));
  } catch {
    // a browser that keeps nothing begins the tour at its invitation each time
  }
}

function style(href) {
  return new Promise((resolve) => {
    document.head.append(el("link", { rel: "stylesheet", href, on: { load: resolve, error: resolve } }));
  });
}
