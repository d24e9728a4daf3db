// What has been done so far, read from the events alone: so the tour can be left, resumed and reloaded at any time.

/** What happens once for each purchase. */
const ROUND = [
  "the purchase is asked about",
  "a commission came",
  "why was asked",
  "the amount is asked for",
  "the amount was chosen",
  "the withdrawal is asked about",
  "the withdrawal is asked for",
  "the withdrawal is approved",
  "the tracking code was asked for",
  "the tracking code was given",
  "the money was paid",
];

/** Folds events into facts about the three roles; what the bot's buttons carry is the same in every language. */
export class Facts {
  #roles = new Map();
  #seq = 0;

  constructor(people) {
    for (const person of people) this.#roles.set(person.id, person.role);
    this.done = new Set();
    this.commissionAt = 0;
  }

  /** What was done is to be done again. */
  undo(facts) {
    for (const fact of facts) this.done.delete(fact);
  }

  /** The story goes on with another purchase: everybody is here already. */
  goRound() {
    this.undo(ROUND);
    this.commissionAt = 0;
  }

  has(...facts) {
    return facts.some((fact) => this.done.has(fact));
  }

  take(event) {
    if (event.seq <= this.#seq) return;
    this.#seq = event.seq;
    const role = this.#roles.get(event.chat_id);
    if (!role) return;
    const { content } = event;
    if (event.kind === "message" || event.kind === "edit") this.#message(role, content.message, event);
    else if (event.kind === "pressed") this.#pressed(role, content.data);
    else if (event.kind === "shared") this.#add(`${role} was sent a link`);
    else if (event.kind === "put_away") this.done.delete(`${role} was sent a link`);
  }

  #message(role, message, event) {
    if (message.from.is_bot) this.#fromBot(role, message, event);
    else this.#fromPerson(role, message.text ?? "");
  }

  #fromPerson(role, text) {
    this.#add(`${role} wrote`);
    if (/^\/start \S/.test(text)) this.#add(`${role} opened a link`);
    if (this.has("the tracking code was asked for") && role === "admin" && !text.startsWith("/")) this.#add("the tracking code was given");
  }

  #fromBot(role, message, event) {
    this.#add(`${role} was answered`);
    if (role === "member" && message.photo) this.#add("the member has a link");
    if (role === "friend" && this.has("friend opened a link")) this.#add("the friend came");
    const keys = (message.reply_markup?.inline_keyboard ?? []).flat().map((key) => key.callback_data ?? "");
    const holds = (begun) => keys.some((data) => data.startsWith(begun));
    if (role === "admin") this.#forAdmin(holds);
    if (role === "member") this.#forMember(holds, event);
  }

  #forAdmin(holds) {
    if (holds("buy:")) this.#add("the purchase is asked about");
    if (holds("app:")) this.#add("the withdrawal is asked for");
    if (holds("pay:")) this.#add("the withdrawal is approved");
  }

  #forMember(holds, event) {
    if (holds("why:") && event.kind === "message" && this.has("the purchase is asked about") && !this.commissionAt) {
      this.commissionAt = event.at;
      this.#add("a commission came");
    }
    if (holds("wda:")) this.#add("the amount is asked for");
    if (holds("wdy:")) this.#add("the withdrawal is asked about");
    if (holds("wdc:")) this.#add("the withdrawal is asked for");
    if (this.has("the tracking code was given") && event.kind === "message") this.#add("the money was paid");
  }

  #pressed(role, data) {
    if (role === "member" && data.startsWith("why:") && this.commissionAt) this.#add("why was asked");
    if (role === "member" && data.startsWith("wda:")) this.#add("the amount was chosen");
    if (role === "admin" && data.startsWith("pay:")) this.#add("the tracking code was asked for");
  }

  #add(fact) {
    this.done.add(fact);
  }
}
