// Which scene of the tour is on: what the page shows and what was done decide it together.

const LOST_MS = 1500;
const ANSWER_MS = 10000;
const NARROW = "(max-width: 899px)";
const DRAWER_COVERS = "(max-width: 1279px)";

/**
 * Finds scenes: `{text, target}`, with `write` where something is to be written (`ready` once it stands in the field),
 * `again` where that brings back what is gone, and `name` of the person whose phone is meant.
 */
export class Scenes {
  #tour;
  #context;
  #seenAt = 0;

  constructor(tour, context) {
    this.#tour = tour;
    this.#context = context;
  }

  /** The scene for a move (null: the story is over); null while a box that is no part of it stands over the page. */
  of(move, box) {
    if (!this.#tour.begun) return box ? null : { text: "welcome", target: null };
    if (!move) return box ? null : { text: "finish", target: null };
    if (box) return this.#inBox(move, box);
    if (move.time) return this.#clock();
    return this.#awayFrom(move) ?? this.#onPhone(move);
  }

  #onPhone(move) {
    const phone = document.querySelector(`.phone[data-person="${this.#person(move.who).id}"]`);
    if (move.write) return this.#writing(move, phone, move.write(this.#tour));
    const target = found(phone, move.press);
    if (target) {
      this.#seenAt = performance.now();
      return { text: move.id, target };
    }
    const lost = performance.now() - this.#seenAt > LOST_MS;
    return lost && move.again ? { ...this.#writing(move, phone, move.again(this.#tour)), again: true } : { text: move.id, target: null };
  }

  #inBox(move, box) {
    if (!move.choose) return null;
    const person = box.querySelector(`[data-choice="${this.#person(move.choose).id}"]`);
    if (person) return { text: `${move.id}.choose`, target: person };
    const card = box.querySelector("[data-card]");
    return card ? { text: `${move.id}.card`, target: card } : null;
  }

  /** Another phone, or the drawer, may be in front. */
  #awayFrom(move) {
    const drawer = document.querySelector("#drawer:not([hidden])");
    if (drawer && matchMedia(DRAWER_COVERS).matches) return { text: "aside", target: drawer.querySelector(".drawer-head button") };
    const person = this.#person(move.who);
    if (!matchMedia(NARROW).matches || this.#context.phones.current === person.id) return null;
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
    const last = [...this.#context.store.chat(this.#person(who).id).messages.values()].at(-1);
    return last?.text === text && this.#tour.now - last.date * 1000 < ANSWER_MS;
  }

  #clock() {
    const ways = ['#drawer:not([hidden]) [data-step="week"]', '#drawer:not([hidden]) [data-page="time"]', "#drawer-button"];
    return { text: "wait", target: found(document, ways) };
  }

  #person(role) {
    return this.#tour.people[role];
  }
}

/** Whether somebody sees it: a chat may be scrolled away from it. */
export function visible(target) {
  const rect = target.getBoundingClientRect();
  if (!rect.width || !rect.height) return false;
  const around = target.closest(".log, .drawer-body")?.getBoundingClientRect();
  if (!around) return true;
  const middle = rect.top + Math.min(rect.height, 60) / 2;
  return middle > around.top && middle < around.bottom;
}

/** The first of the elements in the newest message that fit the first selector of which there are any. */
function found(root, selectors) {
  for (const selector of selectors) {
    const all = [...(root?.querySelectorAll(selector) ?? [])].filter((each) => each.getClientRects().length);
    const message = all.at(-1)?.closest(".message");
    const alike = message ? all.filter((each) => each.closest(".message") === message) : all.slice(-1);
    if (alike.length) return alike[0];
  }
  return null;
}
