// The story as moves: whose turn it is, what is to be pressed or written, and how one sees that it was done.

const SHEBA = "IR820540102680020817909002";
const TRACKING = "140509011234";
const PRICE = 100000;
const PRODUCT = { en: "shoes", fa: "کفش" };
const DAY_MS = 86_400_000;
const ASKED = ["the amount is asked for", "the amount was chosen", "the withdrawal is asked about"];

/**
 * Each move: `step` (1 to 5), `id` of its text, `who` holds the phone, `done(facts, tour)`, and either `press`
 * (selectors, the first that is there counts) or `write` (a text to be sent). `again` is what brings a lost button back;
 * `undo` are the facts that lead back to where a question of the bot's, gone meanwhile, is asked.
 */
export const MOVES = [
  { step: 1, id: "start", who: "member", done: (facts) => facts.has("member wrote"), press: [".start-button"] },
  { step: 1, id: "link", who: "member", done: (facts) => facts.has("the member has a link"), press: ['.inline-button[data-data="link"]'], again: () => "/link" },
  {
    step: 2,
    id: "share",
    who: "member",
    done: (facts) => facts.has("friend was sent a link", "friend opened a link"),
    press: ['.inline-button[data-url*="/share/url"]', ".inline-button[data-share]"],
    choose: "friend",
    again: () => "/link",
  },
  { step: 2, id: "open", who: "friend", done: (facts) => facts.has("the friend came"), press: [".incoming .inline-button", ".incoming .plain-button", ".start-button"] },
  { step: 3, id: "admin", who: "admin", done: (facts) => facts.has("admin wrote"), press: [".start-button"] },
  { step: 3, id: "purchase", who: "admin", done: (facts) => facts.has("the purchase is asked about"), write: (tour) => purchase(tour) },
  { step: 3, id: "record", who: "admin", done: (facts) => facts.has("a commission came"), press: ['.inline-button[data-data^="buy:"]'], again: (tour) => purchase(tour) },
  { step: 4, id: "why", who: "member", done: (facts) => facts.has("why was asked"), press: ['.inline-button[data-data^="why:"]'], again: () => "/history" },
  { step: 4, id: "read", who: "member", done: (_, tour) => tour.read, press: [".message.in:last-of-type"], next: true },
  { step: 5, id: "wait", who: null, done: (facts, tour) => facts.has("the amount is asked for") || tour.now >= facts.commissionAt + tour.plan.maturity_days * DAY_MS, time: true },
  { step: 5, id: "withdraw", who: "member", done: (facts) => facts.has("the amount is asked for", "the withdrawal is asked about"), write: () => "/withdraw" },
  {
    step: 5,
    id: "amount",
    who: "member",
    done: (facts) => facts.has("the amount was chosen", "the withdrawal is asked about"),
    press: ['.inline-button[data-data^="wda:"]'],
    again: () => "/withdraw",
  },
  { step: 5, id: "sheba", who: "member", undo: ASKED, done: (facts) => facts.has("the withdrawal is asked about", "the withdrawal is asked for"), write: () => SHEBA },
  { step: 5, id: "confirm", who: "member", undo: ASKED, done: (facts) => facts.has("the withdrawal is asked for"), press: ['.inline-button[data-data^="wdy:"]'], again: () => "/withdraw" },
  { step: 5, id: "approve", who: "admin", done: (facts) => facts.has("the withdrawal is approved"), press: ['.inline-button[data-data^="app:"]'], again: () => "/pending" },
  { step: 5, id: "pay", who: "admin", done: (facts) => facts.has("the tracking code was asked for"), press: ['.inline-button[data-data^="pay:"]'], again: () => "/pending" },
  { step: 5, id: "tracking", who: "admin", undo: ["the tracking code was asked for"], done: (facts) => facts.has("the money was paid"), write: () => TRACKING },
];

export const STEPS = 5;

/** The move that is next; null when the story is over. */
export function nextMove(facts, tour) {
  return MOVES.find((move) => !move.done(facts, tour)) ?? null;
}

function purchase(tour) {
  return `/purchase @${tour.people.friend.username} ${tour.digits(PRICE)} ${PRODUCT[tour.speaks]}`;
}
