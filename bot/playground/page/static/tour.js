// The guided tour: a ring round what is next, a card above the phones, and five steps that notice by themselves what was
// done, by a person or by the player, which does them all.

import { button } from "./dom.js";
import { addStyle } from "./style.js";
import { TourCard } from "./tour-card.js";
import { Facts } from "./tour-facts.js";
import { keepState, keptState } from "./tour-kept.js";
import { nextMove, STEPS } from "./tour-moves.js";
import { Ring } from "./tour-place.js";
import { Player } from "./tour-player.js";
import { Scenes } from "./tour-scene.js";

const ROLES = ["member", "friend", "admin"];
const WHOLE = ["welcome", "finish"];

/** Puts the tour into `element`; it needs the demo, whose people play the story. */
export async function mountTour(element, context) {
  if (!context.store.demo) {
    context.toolbar.tour.hidden = true;
    context.toolbar.play.hidden = true;
    return null;
  }
  await addStyle("/page/tour.css");
  const tour = new Tour(element, context);
  await tour.begin();
  return tour;
}

class Tour {
  #element;
  #context;
  #facts;
  #ring = new Ring();
  #card;
  #open = false;
  #drawn = "";
  #box = null;
  #scenes;
  #player;
  #kept = keptState();
  #byKeys = false;
  #early = [];

  constructor(element, context) {
    this.#element = element;
    this.#context = context;
    this.#facts = new Facts(context.store.people);
    this.#scenes = new Scenes(this, context);
    this.#player = new Player(this, context);
    this.#card = new TourCard(context.strings, element, () => this.leave());
    this.read = false;
    element.append(this.#ring.element, this.#card.element);
    const { store, strings, toolbar } = context;
    toolbar.tour.setAttribute("aria-expanded", "false");
    toolbar.tour.addEventListener("click", () => (this.#open ? this.leave() : this.show()));
    toolbar.play.addEventListener("click", () => (this.#player.playing ? this.#player.stop() : this.play()));
    this.#card.element.addEventListener("keydown", (event) => event.key === "Escape" && !this.#player.playing && this.leave());
    this.#card.element.addEventListener("click", (event) => (this.#byKeys = event.detail === 0), true);
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

  get facts() {
    return this.#facts;
  }

  get card() {
    return this.#card.element;
  }

  get #parts() {
    return [this.#ring.element, this.card];
  }

  show({ focus = true } = {}) {
    const watched = this.#open;
    this.#open = true;
    this.#drawn = "";
    this.#context.toolbar.tour.setAttribute("aria-expanded", "true");
    this.#keep();
    if (!watched) this.#watch();
    if (focus) this.#takeFocus({});
  }

  leave() {
    this.#player.stop();
    this.#open = false;
    this.#hide();
    this.#context.toolbar.tour.setAttribute("aria-expanded", "false");
    this.#context.toolbar.tour.focus();
    this.#keep();
  }

  /** Does the rest of the story by itself, from wherever it stands. */
  play() {
    this.show({ focus: false });
    this.#keep({ begun: true });
    this.#player.play();
  }

  /** What is next: the move, null when the story is over, and its scene, null while something else is in the way. */
  next() {
    const move = this.begun ? nextMove(this.#facts, this) : null;
    return { move, scene: this.#scenes.of(move, document.querySelector("dialog[open]")) };
  }

  redraw() {
    this.#drawn = "";
    if (this.#open) this.#look();
  }

  /** Lets the ring show that its target is being pressed. */
  tap() {
    this.#ring.tap();
  }

  /** Looks in every frame where what is next stands now, because chats scroll and grow. */
  #watch() {
    if (!this.#open) return;
    this.#look();
    requestAnimationFrame(() => this.#watch());
  }

  #look() {
    const box = document.querySelector("dialog[open]");
    const { move, scene } = this.next();
    if (!scene && !this.#player.playing) {
      this.#hide();
      this.#drawn = "";
      return;
    }
    if (box !== this.#box || !this.card.isConnected) this.#raise(box);
    if (scene) this.#drawIfNew(scene, move, box);
    this.#card.stand();
    this.#ring.follow(scene?.target ?? null);
  }

  #drawIfNew(scene, move, box) {
    const { playing } = this.#player;
    const drawn = `${scene.text} ${scene.write ?? ""} ${scene.target ? "there" : ""} ${box ? "box" : ""} ${playing} ${this.#context.strings.lang}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#card.show({ text: scene.text, step: move?.step ?? 0, steps: STEPS, ...(playing ? this.#player.told(scene, move) : this.#told(scene, move)) });
    this.#rise();
    if (this.#byKeys && !playing) this.#takeFocus(scene);
  }

  /** What the card says of a scene, and its buttons. */
  #told(scene, move) {
    const { t } = this.#context.strings;
    const whole = WHOLE.includes(scene.text);
    const words = t(scene.again && !scene.ready ? "tour.again" : whole ? `tour.${scene.text}.words` : `tour.${scene.text}`, this.names(scene));
    return {
      title: whole ? t(`tour.${scene.text}.title`) : t(`tour.title.${move.step}`),
      words,
      command: scene.write && !scene.ready ? scene.write : "",
      buttons: this.#buttons(scene, move),
    };
  }

  /** What the holes of the tour's texts are filled with. */
  names(scene) {
    const { strings } = this.#context;
    const names = Object.fromEntries(ROLES.map((role) => [role, strings.of(this.people[role].name)]));
    return { ...names, name: strings.of(scene.name), command: scene.write ?? "", days: this.plan.maturity_days };
  }

  #buttons(scene, move) {
    const { t } = this.#context.strings;
    const main = (label, press) => button({ class: "plain-button", data: { tour: label } }, press, t(`tour.${label}`));
    const quiet = (label, press) => button({ class: "plain-button quiet", data: { tour: label } }, press, t(`tour.${label}`));
    if (scene.text === "welcome") return [main("begin", () => this.#go()), quiet("play", () => this.play()), quiet("alone", () => this.leave())];
    if (scene.text === "finish") return [main("more", () => this.#toProgramme()), quiet("over", () => this.leave())];
    const there = scene.target ? [button({ class: "plain-button quiet tour-there", data: { tour: "there" } }, () => this.#toTarget(), t("tour.there"))] : [];
    if (move.next && !["tab", "aside"].includes(scene.text)) return [main("next", () => this.haveRead()), ...there];
    return scene.write && !scene.ready ? [main("fill", () => this.#fill(scene)), ...there] : there;
  }

  /** Whoever goes by the keyboard is taken along: from each card to what it speaks of, and on to the next card. */
  #takeFocus(scene) {
    if (document.querySelector("dialog[open]")) scene.target?.focus();
    else if (!scene.ready) this.#card.firstButton.focus();
  }

  get begun() {
    return this.#kept.begun === true;
  }

  #go() {
    this.#keep({ begun: true });
    this.redraw();
  }

  haveRead() {
    this.read = true;
    this.#keep();
  }

  #fill({ input, write }) {
    input.value = write;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  }

  #toTarget() {
    const { target } = this.#ring;
    if (!target) return;
    if (!target.matches("button, textarea, a, [tabindex]")) target.tabIndex = -1;
    target.focus();
  }

  #toProgramme() {
    this.leave();
    this.#context.drawer?.show("programme");
  }

  #rise() {
    for (const part of this.#parts) if (!part.matches(":popover-open")) part.showPopover();
  }

  /** A box that comes up lies above everything that was there before, and takes keys and presses from all outside it. */
  #raise(box) {
    this.#box = box;
    this.#hide({ fold: false });
    (box ?? this.#element).append(...this.#parts);
    this.#rise();
    this.#player.keepFocus();
  }

  #hide({ fold = true } = {}) {
    for (const part of this.#parts) if (part.matches(":popover-open")) part.hidePopover();
    if (fold) this.#card.fold();
  }

  #forget() {
    this.#facts = new Facts(this.#context.store.people);
    this.read = false;
    this.#drawn = "";
  }

  /** The story goes round once more from the purchase on: who is here stays. */
  goRound() {
    this.#facts.goRound();
    this.read = false;
    this.redraw();
  }

  #keep(more = {}) {
    this.#kept = { ...this.#kept, open: this.#open, read: this.read, world: this.#context.store.world, ...more };
    keepState(this.#kept);
  }
}
