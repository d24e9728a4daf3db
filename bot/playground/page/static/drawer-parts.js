// What the pages of the drawer have in common.

import { Refusal } from "./api.js";
import { copied } from "./clipboard.js";
import { button, el, icon } from "./dom.js";

const AGAIN_MS = 1000;
const SAID_MS = 1500;

/** Asks again and again while it is looked at; `ask` resolves when it is time for the next. */
export class Watch {
  #turn = 0;

  start(ask) {
    this.#turn += 1;
    this.#go(ask, this.#turn);
  }

  stop() {
    this.#turn += 1;
  }

  async #go(ask, turn) {
    const going = () => turn === this.#turn;
    while (going()) {
      try {
        await ask(going);
      } catch (problem) {
        if (!(problem instanceof Refusal)) throw problem;
        await pause(AGAIN_MS);
      }
    }
  }
}

export function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

/** A list of records, newest first, with what is said while there are none: that they are being asked for, or that. */
export class Records {
  #kept;
  #none;
  #sentence;
  #loading;

  /** `kept` is how many stay, `sentence` is said where there are none, `loading` until that is known. */
  constructor({ kept, sentence, loading }) {
    this.#kept = kept;
    this.#sentence = sentence;
    this.#loading = loading;
    this.#none = el("p", { class: "drawer-none", role: "status" }, loading);
    this.list = el("ol", { class: "records", reversed: true });
    this.element = el("div", { class: "records-place" }, this.#none, this.list);
  }

  /** Nothing is known. */
  clear() {
    this.list.replaceChildren();
    this.#none.textContent = this.#loading;
    this.#none.hidden = false;
  }

  /** Shows further records, given as elements, the oldest first. */
  add(elements) {
    this.list.prepend(...[...elements].reverse());
    while (this.list.children.length > this.#kept) this.list.lastElementChild.remove();
    this.#none.textContent = this.#sentence;
    this.#none.hidden = this.list.children.length > 0;
  }

  /** The numbers of those that are unfolded. */
  get open() {
    return [...this.list.querySelectorAll("details[open]")].map((each) => Number(each.dataset.seq));
  }

  /** Unfolds those of these numbers. */
  unfold(numbers) {
    for (const each of this.list.querySelectorAll("details")) each.open = numbers.includes(Number(each.dataset.seq));
  }
}

/** What is said about what was pressed. */
export class Answer {
  constructor() {
    this.element = el("p", { class: "drawer-answer", role: "status", dir: "auto" });
  }

  say(text, kind = "") {
    this.element.className = `drawer-answer ${kind}`;
    this.element.textContent = text;
  }
}

/** Why the server did not do it, for people. */
export function refusalOf(problem, t) {
  return problem.status === 503 ? t("drawer.busy") : problem.status ? t("refused", { reason: problem.message }) : t("unreachable");
}

/** Does something, and says in `answer` why it did not work; returns whether it did. */
export async function attempt(answer, t, deed) {
  try {
    await deed();
    return true;
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    answer.say(refusalOf(problem, t), "bad");
    return false;
  }
}

/**
 * Does something that changes the demo, with its buttons off meanwhile and its progress shown; says what came of it.
 * `told(before, after)` is the sentence for success, of the demo's states before and after.
 */
export async function change({ context, answer, buttons, progress, path, body, told }) {
  const { api, store, strings } = context;
  const words = strings.t;
  let messages = 0;
  const off = store.on("event", (event, live) => live && event.kind === "message" && event.content.message.from.is_bot && (messages += 1));
  for (const each of buttons()) each.disabled = true;
  const watching = progress ? watchProgress(api, progress) : null;
  answer.say(words("drawer.working"), "working");
  try {
    await attempt(answer, words, async () => {
      const before = await api.get("/demo/state");
      const after = await api.post(path, body);
      await pause(400);
      store.demo = after;
      answer.say(told(before, after, messages), "good");
    });
  } finally {
    off();
    watching?.stop();
    for (const each of buttons()) each.disabled = false;
  }
}

function watchProgress(api, bar) {
  const watch = new Watch();
  bar.hidden = false;
  watch.start(async (going) => {
    const { busy } = await api.get("/demo/state");
    if (!going()) return;
    if (busy?.total) Object.assign(bar, { max: busy.total, value: busy.done });
    else bar.removeAttribute("value");
    await pause(250);
  });
  return {
    stop() {
      watch.stop();
      bar.hidden = true;
    },
  };
}

/** JSON as people read it: texts that are JSON themselves are opened, kinds of values have their colours. */
export function pretty(value, t) {
  const text = JSON.stringify(opened(value), null, 2);
  const code = el("code", {}, ...coloured(text));
  const said = el("span", { class: "json-said", role: "status" });
  const copy = button({ class: "round", "aria-label": t("copy.this"), title: t("copy.this") }, async () => {
    said.textContent = t((await copied(text)) ? "copied" : "copied.not");
    await pause(SAID_MS);
    said.textContent = "";
  }, icon("copy"));
  return el("div", { class: "json" }, el("pre", { dir: "ltr", tabindex: "0" }, code), said, copy);
}

function opened(value) {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return opened(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(opened);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, opened(each)]));
  return value;
}

function coloured(text) {
  const pattern = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?/g;
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(pattern)) {
    parts.push(text.slice(last, found.index));
    const kind = found[2] ? "key" : found[1] ? "text" : found[3] ? "word" : "number";
    parts.push(el("span", { class: `json-${kind}` }, found[1] ?? found[0]), found[2] ?? "");
    last = found.index + found[0].length;
  }
  parts.push(text.slice(last));
  return parts;
}

/** A time in few letters: the hour of today, the day of another. */
export function shortTime(at, { format, store, strings }) {
  if (format.dayKey(at) === format.dayKey(store.now())) return format.time(at);
  const locale = strings.lang === "fa" ? "fa-IR-u-ca-persian-nu-arabext" : "en-GB";
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(at);
}

/** An amount in minor units of a currency with that many decimal places, as money. */
export function money({ amount, exponent, currency }, strings) {
  const locale = strings.lang === "fa" ? "fa-IR" : "en";
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: exponent, maximumFractionDigits: exponent }).format(amount / 10 ** exponent);
  const unit = strings.t(`drawer.currency.${currency}`);
  return `${number} ${unit.startsWith("drawer.") ? currency : unit}`;
}

/** A part of a page: a heading, a sentence, and what can be pressed. */
export function part(title, sentence, ...children) {
  return el("section", { class: "drawer-part" }, el("h3", {}, title), sentence ? el("p", { class: "drawer-words" }, sentence) : null, ...children);
}
