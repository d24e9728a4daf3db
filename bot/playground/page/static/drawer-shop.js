// The buyer's shop: a shelf, a basket, what was bought and given back, and all that its server said to the bot.

import { Refusal } from "./api.js";
import { el } from "./dom.js";
import { Answer, attempt, money, part, pause, refusalOf, Watch } from "./drawer-parts.js";
import { Exchanges } from "./drawer-shop-exchanges.js";
import { Sales } from "./drawer-shop-sales.js";
import { Till } from "./drawer-shop-till.js";

const LOOK_MS = 900;
const PATH = "/demo/shop";
const BUYER = "friend";

export class Shop {
  #context;
  #t;
  #watch = new Watch();
  #answer = new Answer();
  #generation = null;
  #seq = 0;
  #state = null;

  /** `kept` is what `keep` returned of the page that was here before. */
  constructor(context, kept = null) {
    this.#context = context;
    this.#t = context.strings.t;
    this.till = new Till(context, this.buyer, (basket, code) => this.#buy(basket, code), (deed) => attempt(this.#answer, this.#t, deed), (text) => this.#answer.say(text, "bad"));
    this.sales = new Sales(context, { again: (sale) => this.#again(sale), refund: (sale, amount) => this.#refund(sale, amount) });
    this.exchanges = new Exchanges(context);
    const t = this.#t;
    this.element = el(
      "div",
      { class: "drawer-page" },
      el("p", { class: "drawer-words" }, t("shop.words", { name: context.strings.of(this.buyer.name) })),
      this.till.element,
      this.#answer.element,
      part(t("shop.sales"), null, this.sales.element),
      part(t("shop.exchanges"), t("shop.exchanges.words"), this.exchanges.element),
    );
    if (kept) this.#resume(kept);
  }

  keep() {
    return { state: this.#state, typed: this.till.typed, amounts: this.sales.typed, open: this.exchanges.open };
  }

  #resume({ state, typed, amounts, open }) {
    if (!state) return;
    this.#take(state);
    this.till.typed = typed;
    this.sales.type(amounts);
    this.exchanges.unfold(open);
  }

  /** Who shops here: the invited friend. */
  get buyer() {
    const { people } = this.#context.store;
    return people.find((person) => person.role === BUYER) ?? people[0];
  }

  enter() {
    this.#watch.start(async (going) => {
      const state = await this.#look();
      if (!going()) return;
      this.#take(state);
      await pause(LOOK_MS);
    });
  }

  leave() {
    this.#watch.stop();
  }

  #look() {
    return this.#context.api.get(`${PATH}?after=${this.#seq}`);
  }

  #take(state) {
    if (state.generation !== this.#generation) {
      const begunAnew = this.#generation !== null;
      this.#generation = state.generation;
      this.exchanges.clear();
      if (begunAnew) {
        this.#seq = 0;
        this.#answer.say("");
        this.till.clear();
        return;
      }
    }
    this.#keepAll(state);
    const fresh = state.exchanges.filter((each) => each.seq > this.#seq);
    this.#seq = fresh.at(-1)?.seq ?? this.#seq;
    this.exchanges.add(fresh);
    this.till.show(state);
    this.sales.show(state, this.buyer.id);
  }

  /** The server sends only exchanges that are new. */
  #keepAll(state) {
    const before = this.#state?.generation === state.generation ? this.#state.exchanges.filter((each) => each.seq <= this.#seq) : [];
    this.#state = { ...state, exchanges: [...before, ...state.exchanges.filter((each) => each.seq > this.#seq)] };
  }

  async #buy(basket, code) {
    const exchange = await this.#ask("buy", { person: this.buyer.id, basket, code });
    if (exchange?.status !== 201) return;
    const { total, credited, reason } = exchange.answer;
    const order = this.#context.strings.digits(exchange.answer.order);
    const earned = this.#t(credited ? "shop.credited" : `shop.reason.${reason}`);
    this.#answer.say(`${this.#t("shop.bought", { order, total: this.#money(total) })} ${earned}`, "good");
    this.till.clear();
  }

  async #again(sale) {
    const exchange = await this.#ask("again", { order: sale.id });
    if (exchange?.status === 200) this.#answer.say(this.#t("shop.known", { order: this.#context.strings.digits(sale.id) }), "good");
  }

  async #refund(sale, amount) {
    const { total, refunded } = sale.answer;
    const exchange = await this.#ask("refund", { order: sale.id, ...(amount === total - refunded ? {} : { amount }) });
    if (exchange?.status !== 201) return;
    const left = exchange.answer.total - exchange.answer.refunded;
    this.#answer.say(this.#t("shop.given", { order: this.#context.strings.digits(sale.id), amount: this.#money(amount), left: this.#money(left) }), "good");
  }

  /** Lets the shop's server ask the bot; returns the exchange, of which a refusal is told here. */
  async #ask(what, body) {
    const t = this.#t;
    this.#answer.say(t("drawer.working"), "working");
    try {
      const exchange = await this.#context.api.post(`${PATH}/${what}`, body);
      if (exchange.status >= 400) this.#answer.say(t("shop.refused", { status: exchange.status, detail: exchange.answer.detail ?? "" }), "bad");
      this.#take(await this.#look());
      return exchange;
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      this.#answer.say(refusalOf(problem, t), "bad");
      return null;
    } finally {
      this.#answer.element.scrollIntoView({ block: "nearest" });
    }
  }

  #money(amount) {
    return money({ amount, ...this.till.unit }, this.#context.strings);
  }
}
