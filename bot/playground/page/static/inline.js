// Inline mode: what the bot offers where its name is typed, as cards of which one is sent.

import { get, post, Refusal } from "./api.js";
import { button, el } from "./dom.js";
import { atName } from "./links.js";

const PAUSE_MS = 250;
const ANSWER_S = 10;

/** Of a text that begins with the bot's name, what is typed behind it; null for any other text. */
export function askedOf(text, bot) {
  const [, name, query] = /^@(\w+)(?:\s+([^]*))?$/.exec(text.trim()) ?? [];
  return bot.inline && name?.toLowerCase() === bot.username.toLowerCase() ? (query ?? "") : null;
}

/**
 * A box with a field for what is looked for and the cards that fit. Resolves to `{query_id, result_id}` of the card that
 * was chosen, to `{start}` where the bot offers a way to itself instead, or to undefined.
 */
export class CardSheet {
  #place;
  #chat;
  #t;
  #close;
  #latest = 0;
  #pause = 0;
  #field;
  #said = el("p", { class: "sheet-said", role: "status" });
  #list = el("ul", { class: "choices cards" });

  /** `place` is where the person's deeds are sent to, `chat` the id of the chat that the card goes to. */
  constructor({ place, chat, bot, query, t }) {
    this.#place = place;
    this.#chat = chat;
    this.#t = t;
    this.#field = el("input", { type: "text", role: "searchbox", value: query, dir: "auto", autocomplete: "off", enterkeyhint: "search", maxlength: "256", autofocus: true, "aria-label": t("inline.field", { bot: atName(bot) }) });
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#ask(), PAUSE_MS);
    });
  }

  /** The elements of the box; `close` takes what was chosen. */
  fill(close, bot) {
    this.#close = close;
    const row = el("label", { class: "sheet-field" }, el("bdi", { "aria-hidden": "true" }, `@${bot}`), this.#field);
    const sheet = el("div", { class: "sheet", on: { keydown: (event) => this.#key(event) } }, row, this.#said, this.#list);
    this.#ask();
    return [sheet, button({ class: "plain-button quiet" }, () => close(), this.#t("cancel"))];
  }

  /** Only the last question counts: letters come faster than answers. */
  async #ask() {
    this.#latest += 1;
    const asked = this.#latest;
    this.#list.setAttribute("aria-busy", "true");
    const said = await this.#answer().catch((problem) => {
      if (!(problem instanceof Refusal)) throw problem;
      return { cards: [], words: this.#t(problem.status ? "refused" : "unreachable", { reason: problem.message }) };
    });
    if (asked !== this.#latest) return;
    this.#list.removeAttribute("aria-busy");
    this.#said.textContent = said.words;
    this.#list.replaceChildren(...said.cards.map((card) => el("li", {}, card)));
  }

  async #answer() {
    const { query_id: id } = await post(`${this.#place}/inline`, { query: this.#field.value, chat_id: this.#chat });
    const answer = await get(`/control/inline/${encodeURIComponent(id)}?timeout=${ANSWER_S}`);
    if (!answer) return { cards: [], words: this.#t("inline.unanswered") };
    const cards = answer.results.map((result) => this.#card(id, result));
    const way = answer.button?.start_parameter ? [this.#way(answer.button)] : [];
    const words = cards.length ? this.#t("inline.found", { count: cards.length }) : way.length ? "" : this.#t("inline.none");
    return { cards: [...way, ...cards], words };
  }

  #card(id, { id: result, title, description }) {
    const words = el("span", { class: "card-words" }, el("strong", { dir: "auto" }, title), el("span", { class: "card-about", dir: "auto" }, description));
    return button({ class: "choice card", data: { card: result } }, () => this.#close({ query_id: id, result_id: result }), words);
  }

  #way({ text, start_parameter: start }) {
    return button({ class: "choice", data: { way: start } }, () => this.#close({ start }), el("span", { dir: "auto" }, text));
  }

  /** Arrows go from the field through the cards and back; Enter in the field goes to the first. */
  #key(event) {
    const stops = [this.#field, ...this.#list.querySelectorAll("button")];
    const at = stops.indexOf(document.activeElement);
    const step = event.key === "ArrowDown" || (event.key === "Enter" && at === 0) ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || event.isComposing) return;
    event.preventDefault();
    stops[Math.min(Math.max(at + step, 0), stops.length - 1)].focus();
  }
}
