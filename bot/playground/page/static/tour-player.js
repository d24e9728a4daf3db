// "Play it for me": does the story's moves one after the other, from wherever it stands, and says what happens. It presses
// and writes as a person would, so that everything that follows comes from the bot.

import { closeAll } from "./dialogs.js";
import { button } from "./dom.js";
import { pause } from "./drawer-parts.js";
import { MOVES } from "./tour-moves.js";

const WHOLE_MS = 40_000;
const LOOK_MS = 80;
const TAP_MS = 220;
const ANSWER_MS = 6_000;
const ON_ITS_WAY_MS = 2_000;
const LETTERS_AT_ONCE = 3;
const LETTER_MS = 24;
const TRIES = 2;
const HURRY = 0.4;
const EASE = 1.3;

/** How long a scene is looked at before it is done, in milliseconds of a play of the usual length. */
const USUAL_MS = 1300;
const LOOKED_AT_MS = { send: 500, "share.choose": 800, "share.card": 900, link: 1500, share: 1900, open: 1900, record: 1900, why: 2600, read: 4600, confirm: 1700, approve: 1900, tab: 500, aside: 500 };
/** How long each move takes with all its scenes: what is left of the story and of its time go by it. */
const MOVE_MS = Object.fromEntries(MOVES.map((move) => [move.id, move.write ? 2300 : move.id === "share" ? 3900 : lookedAt(move.id)]));

/** Moves that belong to one sentence. */
const SENTENCES = { admin: "buy", purchase: "buy", record: "buy", amount: "withdraw", sheba: "withdraw", confirm: "withdraw", tracking: "pay" };

export class Player {
  #tour;
  #context;
  #turn = 0;
  #until = 0;
  #stop;
  #stuck = new Map();
  #undone = new Set();
  #opened = false;

  constructor(tour, context) {
    this.#tour = tour;
    this.#context = context;
    this.playing = false;
    this.#stop = button({ class: "plain-button", data: { tour: "stop" } }, () => this.stop());
    document.addEventListener("keydown", (event) => this.#key(event), true);
    document.addEventListener("pointerdown", (event) => this.#touched(event), true);
    document.addEventListener("beforeinput", (event) => this.#touched(event), true);
  }

  /** What the card says while it plays. */
  told(scene, move) {
    const { t } = this.#context.strings;
    this.#stop.textContent = t("tour.stop");
    const said = move ? `play.${SENTENCES[move.id] ?? move.id}` : "play.over";
    return { title: move ? t(`tour.title.${move.step}`) : t("tour.finish.title"), words: t(said, this.#tour.names(scene)), buttons: [this.#stop] };
  }

  /** Plays until the story is over or somebody stops it; one that is over goes round once more. */
  async play() {
    this.#turn += 1;
    const turn = this.#turn;
    const going = () => this.playing && turn === this.#turn;
    this.#show(true);
    if (!this.#tour.next().move) this.#tour.goRound();
    this.#stuck.clear();
    this.#undone.clear();
    this.#until = performance.now() + WHOLE_MS * (this.#left() / sum(Object.values(MOVE_MS)));
    while (going()) {
      const { move, scene } = this.#tour.next();
      if (!move && scene) break;
      if (scene) await this.#do(move, scene, going);
      else await this.#clear(going);
    }
    if (!going()) return;
    this.#foldDrawer();
    this.stop();
  }

  stop() {
    if (!this.playing) return;
    this.#turn += 1;
    this.#show(false);
  }

  /** Stopping stays one key away: boxes and other phones take the focus to themselves. */
  keepFocus() {
    if (this.playing && this.#stop.isConnected) this.#stop.focus({ preventScroll: true });
  }

  #show(playing) {
    const { toolbar, strings } = this.#context;
    const focused = document.activeElement === this.#stop;
    this.playing = playing;
    document.body.classList.toggle("playing", playing);
    this.#tour.redraw();
    if (playing) this.keepFocus();
    else if (focused) (this.#tour.card.querySelector(".tour-buttons button") ?? toolbar.play).focus({ preventScroll: true });
    const word = toolbar.play.querySelector(".tool-word");
    word.dataset.t = playing ? "tour.stop" : "tool.play";
    word.textContent = strings.t(word.dataset.t);
  }

  /** Escape stops, and does nothing else but to close a box. */
  #key(event) {
    if (!this.playing || event.key !== "Escape") return;
    event.stopPropagation();
    this.stop();
  }

  /** A person who presses or writes something plays themselves from then on. */
  #touched(event) {
    if (!this.playing || !event.isTrusted || event.target.closest?.(".tour-card, .toolbar, .tabs, .skips")) return;
    this.stop();
  }

  async #do(move, scene, going) {
    if (scene.target) {
      const still = () => going() && this.#tour.next().scene?.target === scene.target;
      await this.#lookAt(scene.text, still);
      if (!still() || this.#isStuck(move, scene)) return;
      if (scene.write && !scene.ready) await this.#write(scene, () => going() && this.#tour.next().move === move);
      else await this.#press(move, scene, scene.target);
    }
    if (going()) await this.#changed(scene, move, going);
    if (going() && document.activeElement !== this.#stop && !document.querySelector("dialog[open]")) this.keepFocus();
  }

  async #press(move, scene, target) {
    if (move.next && !["tab", "aside"].includes(scene.text)) {
      this.#tour.haveRead();
      return;
    }
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#tour.tap();
    await pause(TAP_MS);
    if (target.id === "drawer-button") this.#opened = true;
    if (target.isConnected) target.click();
    if (!move.time) this.#foldDrawer();
  }

  /** The drawer was opened for its clock, and is closed again with whatever is pressed next. */
  #foldDrawer() {
    if (!this.#opened) return;
    this.#opened = false;
    this.#context.drawer?.close({ focus: false });
  }

  async #write({ input, write }, going) {
    const size = isStill() ? write.length : LETTERS_AT_ONCE;
    for (let end = size; going() && input.isConnected; end += size) {
      input.value = write.slice(0, end);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      if (end >= write.length) break;
      await pause(LETTER_MS * size * this.#pace());
    }
  }

  /** What is in the way is no part of the story: it is shown for a moment and closed. */
  async #clear(going) {
    await this.#lookAt("", going);
    if (going() && !this.#tour.next().scene) closeAll();
    await pause(LOOK_MS);
  }

  async #lookAt(text, going) {
    const end = performance.now() + lookedAt(text) * this.#pace();
    while (going() && performance.now() < end) await pause(LOOK_MS);
  }

  /** Waits until there is something else to be done, or the bot has taken too long. */
  async #changed(scene, move, going) {
    const end = performance.now() + ANSWER_MS;
    while (going() && performance.now() < end) {
      const now = this.#tour.next();
      const sent = scene.ready && now.scene?.write === scene.write && performance.now() < end - ANSWER_MS + ON_ITS_WAY_MS;
      if (!sent && (now.move !== move || !now.scene || keyOf(now) !== keyOf({ move, scene }))) return;
      if (!scene.target && now.scene?.target) return;
      await pause(LOOK_MS);
    }
  }

  /** A scene that does not go on however often it is done is tried from an earlier move; then it is given up. */
  #isStuck(move, scene) {
    const key = keyOf({ move, scene });
    const tries = (this.#stuck.get(key) ?? 0) + 1;
    this.#stuck.set(key, tries);
    if (tries <= TRIES) return false;
    if (move.undo && !this.#undone.has(move.id)) {
      this.#undone.add(move.id);
      this.#tour.facts.undo(move.undo);
      this.#stuck.clear();
      return true;
    }
    this.stop();
    this.#context.phones.get(this.#context.phones.current)?.toast(this.#context.strings.t("play.stuck"));
    return true;
  }

  /** Slower or quicker than usual, so that the whole takes its time whatever the bot needs. */
  #pace() {
    const left = this.#left();
    return left ? Math.min(EASE, Math.max(HURRY, (this.#until - performance.now()) / left)) : 1;
  }

  #left() {
    const { facts } = this.#tour;
    return sum(MOVES.filter((move) => !move.done(facts, this.#tour)).map((move) => MOVE_MS[move.id]));
  }
}

function keyOf({ move, scene }) {
  return `${move.id} ${scene.text} ${scene.ready ?? ""} ${scene.target?.dataset.step ?? scene.target?.dataset.page ?? scene.target?.id ?? ""}`;
}

function lookedAt(text) {
  return LOOKED_AT_MS[text] ?? USUAL_MS;
}

/** Whether motion is not wanted. */
function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function sum(numbers) {
  return numbers.reduce((all, each) => all + each, 0);
}
