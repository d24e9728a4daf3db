### The texts in English. Texts are Telegram's HTML, except toast-, button-, command- and refused- messages, which are plain.
### Arguments are typed by the program (bot/kit/display.py): they come escaped, with digits and direction set.

## Currencies, as they follow an amount

currency-IRT = toman
currency-IRR = rials
currency-XTR = stars
currency-USD = dollars
currency-EUR = euros
currency-GBP = pounds
currency-AED = dirhams
currency-TRY = lira
currency-IQD = Iraqi dinars
currency-KWD = Kuwaiti dinars
currency-AFN = afghanis
currency-RUB = roubles
currency-CAD = Canadian dollars
currency-AUD = Australian dollars
currency-JPY = yen
currency-CNY = yuan

## Dates: pieces of other texts

month-jalali = { $month ->
    [1] Farvardin
    [2] Ordibehesht
    [3] Khordad
    [4] Tir
    [5] Mordad
    [6] Shahrivar
    [7] Mehr
    [8] Aban
    [9] Azar
    [10] Dey
    [11] Bahman
   *[12] Esfand
}
month-gregorian = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
date-in-words = { $day } { $month } { $year }
date-with-time = { $day } { $time }

## Answers to what no feature expects

unknown-command = I do not know that command. See what I can do: /help
unknown-text = I did not understand that. See what I can do: /help
text-expected = Please answer with text. To stop: /cancel
dialogue-expired = That question is from an earlier day, so your answer was not taken. Please begin again.
dialogue-cancelled = Stopped. Nothing was changed.
dialogue-nothing-to-cancel = There is nothing to stop.
group-talk-in-private =
    Let us talk in private, please:
    { $link }
command-cancel = Stop what is being asked

## Buttons and cards that cannot be taken

refused-old_button = This button is from an earlier time. Please begin again.
refused-not_yours = This button is not for you.
refused-draft_gone = This request is no longer valid. Please begin again.
refused-draft_used = This has been done already.

## Amounts that cannot be taken

refused-not_an_amount = I cannot read that as an amount. Please write it in digits, such as 15000 or 15 thousand.
refused-negative_amount = The amount must be above zero.
refused-zero_amount = The amount cannot be zero.
refused-fractional_amount = There is no such fraction in { $currency }. Please write the amount without it.
refused-ambiguous_amount = That amount can be read in two ways. Please write it without marks between thousands, and with a full stop before decimals.
refused-amount_too_large = That amount is too large.
refused-wrong_unit = Amounts here are in { $currency }, not in { $found }. Please write the amount in { $currency }.

## Cards and Shebas that cannot be taken

refused-not_digits = Please send a card number (16 digits) or a Sheba (IR and 24 digits), and nothing else.
refused-unknown_country = This number begins with { $country }. We pay to Iranian accounts only, and their Sheba begins with IR.
refused-wrong_length = { $got ->
    [one] What you sent has { $got } digit.
   *[other] What you sent has { $got } digits.
} A card number has 16 digits, and a Sheba 24 after IR.
refused-wrong_sheba_length = A Sheba has 24 digits after IR, and yours has { $got }.
refused-wrong_check_digits = The Sheba { $masked } is not right: a digit is wrong or two are swapped. Please check it.
refused-wrong_card_number = The card number { $masked } is not right: a digit is wrong or two are swapped. Please check it.

## What the programme's rules do not allow

refused-unknown_member = This person is not a member.
refused-already_member = This person is a member already.
refused-self_referral = This link is your own, and nobody can invite themself. It is for your friends.
refused-conflict = This number was recorded before with other details. Nothing was changed.
refused-unknown_order = There is no order with the number { $order }.
refused-over_refund = Only { $left } of this order is left to be refunded.
refused-unknown_commission = There is no such commission.
refused-already_settled = { $state ->
    [approved] This was approved before.
    [paid] This was paid before.
    [rejected] This was rejected before.
    [cancelled] This was cancelled before.
    [available] This is available already and can be withdrawn.
    [reversed] This was taken back in full before.
   *[other] This was decided before.
}
refused-suspended = This membership is suspended. Please ask an admin about it.
refused-below_minimum = The least that can be withdrawn is { $minimum }.
refused-insufficient_funds = There is not enough: { $available } can be withdrawn now.
refused-unknown_withdrawal = There is no such withdrawal.
refused-programme_change = The setting { $key } cannot be changed like this.
refused-not_approved = This withdrawal has not been approved yet, and must be before it is paid.
refused-own_request = You cannot decide about your own money. Another admin has to.
refused-own_account = You cannot correct your own account. Another admin has to.
refused-payouts_stopped = Payouts are stopped until the books have been checked.
refused-unknown_person = I do not know this person. They have to start the bot first.

## When something goes wrong on our side

error =
    Something went wrong on our side. Please check whether it was done before you try again.
    If you ask us about it, name this reference: { $code }
error-for-admins =
    Something went wrong while answering { $person }.
    The log says why, under this reference: { $code }

## What the operator's configuration may say in words of its own

programme-name = Referral programme
programme-welcome = Share your link with friends. When they buy, you earn a commission.
programme-share = I know a shop you will like. Come in through my link:

## The machine itself

books-do-not-hold =
    <b>The books do not add up</b>
    Payouts are stopped until somebody has looked. Run <code>moaref verify</code> on the server: it says what is wrong.

## Home card, links and codes

command-start = Open the home card
command-code = Use a friend's code
command-link = My invitation link
command-qr = My link as a QR picture
button-home = Home
button-back = Back
button-get-link = Get my link
button-link = My link
button-balance = Balance
button-history = History
button-withdraw = Withdraw
button-help = Help
button-language = فارسی / English
button-admin = Admin
button-share = Share
button-copy-link = Copy link
button-copy-code = Copy code
home-newcomer =
    <b>{ $shop }</b>

    { $welcome }
home-friend =
    <b>{ $shop }</b>

    { $inviter } invited you.
    { $welcome }
home-member =
    <b>{ $shop }</b>

    You can withdraw { $available }.
code-ask = Please send the code that your friend gave you. To stop: /cancel
code-malformed = That is not a code of ours. A code has seven or eight letters and digits; please ask your friend for the link again.
code-unknown = I do not know that code. Please ask your friend for the link again.
code-own = That is your own link. It is for your friends; nobody can invite themself.
code-of-another = You came through { $inviter }, and that stays.
code-of-another-for-member = You are a member already, and members keep their place.
friend-was-here = { $friend } opened your link, but had come through somebody else before. The first invitation stays.
friend-was-member = { $friend } opened your link, but was a member already. Members keep their place.
button-links = My links
button-ready = Ready texts
button-copy-text = Copy text
button-new-tag = New tag
button-link-for = For a product
button-link-made = { $name }
button-ready-one = { $title }
button-thing = { $kind ->
    [group] All of: { $name }
   *[product] { $name }
}
refused-no_tag = A tag is one word of letters and digits, at most 24, such as instagram.
refused-too_many_tags = There can be { $most } tags, and you have them all.
link-card-made =
    <b>{ $kind ->
        [tag] Your link with the tag { $name }
        [campaign] Your link for the campaign { $name }
       *[product] Your link for { $name }
    }</b>
    { $link }
    Code: { $code }

    So far: { $reach }
inline-own = My link
button-open-link = Open
link-reach = { $came ->
    [0] nobody has come yet
    [one] { $came } friend came, { $joined } joined, { $bought } bought
   *[other] { $came } friends came, { $joined } joined, { $bought } bought
}
links-page =
    <b>Your links</b>
    { $lines }

    With a tag you see which place brings friends: /link instagram
links-own = Own link: { $reach }
links-line = { $name }{ $kind ->
    [tag] { "" }
    [campaign] { " " }(campaign)
    [group] { " " }(products)
   *[product] { " " }(product)
}: { $reach }{ $clicks ->
    [0] { "" }
    [one] , { $clicks } click on the web
   *[other] , { $clicks } clicks on the web
}
links-ask-tag = What shall the tag be called? One word, such as instagram. To stop: /cancel
links-goods = What shall the link be for? Your friend sees it at once on opening the link.
ready-page =
    <b>Ready texts</b>
    Each has your link in it, and can be forwarded as it is.
ready-text = { $text }
friends-page =
    <b>Your friends</b>
    { $lines }
friends-of-nobody = You have no friends here yet. Get your link and share it.
friends-none = Nobody has come through your link yet. Share it: /link
friends-name =
    {""}
    <b>{ $name }</b>
friends-name-through =
    {""}
    <b>{ $name }</b> · { $link }
friends-customer = A customer of the shop
friends-came = Came: { $date }
friends-opened = Opened your link: { $date }
friends-joined = Joined: { $date }
friends-bought = Bought first: { $date }{ $orders ->
    [one] { "" }
   *[other] { "" }, { $orders } orders in all
}
friends-not = { $why ->
    [member] Does not count for you: was already here when the link was opened.
    [elsewhere] Does not count for you: came through someone else.
   *[nothing] Has not bought yet.
}
link-card =
    <b>Your link</b>
    { $link }
    Code: { $code }
link-to-forward =
    { $words }
    { $link }
home-to-join =
    { $card }

    { $joining }
join-costs =
    You get a link of your own when you buy one of these:
    { $products }

    Then you earn:
    { $brings }
join-product = – { $product }
join-no-product = – at the moment there is nothing that does
listed-more = – and { $count } more

## Balance and history

command-balance = What I have
command-history = My entries
balance-card =
    <b>Your balance</b>
    { $lines }

    Friends: { $came } came, { $joined } joined, { $bought } bought.
balance-of-nobody = You have no balance yet. Get your link, share it, and earn on what your friends buy.
balance-available = Available: <b>{ $amount }</b>
balance-below-zero = This is below zero after a refund or a correction. What you earn next fills it first.
balance-pending = Pending: { $amount } – waits for its date or for approval
balance-held = Held: { $amount } – yours once its condition is met
balance-reserved = Reserved: { $amount } – on its way to you
balance-paid = Paid: { $amount } – so far
history-page =
    <b>History</b>, page { $page } of { $pages }

    { $entries }
history-empty = Nothing has happened yet. Share your link, and what you earn will be listed here.
history-entry =
    { $row }. { $what ->
        [direct] Direct commission, order { $order }
        [level] Level { $level } commission, order { $order }
        [signup] Signup bonus
        [rank] Rank bonus
        [pairing] Pairing commission
        [released] Commission released
        [matured] Commission became available
        [reversed] Taken back after a refund, order { $order }
        [rejected] Commission rejected
        [requested] Withdrawal requested
        [paid] Withdrawal paid
        [given-back] Withdrawal given back
        [adjusted] Correction by an admin
       *[other] Other
    }
    <b>{ $amount }</b>, { $date }
button-why-row = Why { $row }?
button-newer = Newer
button-older = Older

## Why this number?

command-why = How a commission came about
button-why = Why this number?
person-you = you
person-of-team = somebody in your team
why-which = Which commission? Choose it in your history, or write its number: /why 12
why-card =
    <b>Why { $amount }?</b>
    Commission { $number }, { $date }

    { $lines }
why-order = Order { $order }: a purchase of { $total } by { $buyer }.
why-line = { $product }{ $sorted ->
    [yes] {" "}(category { $category })
   *[no] {""}
}, { $amount }{ $quantity ->
    [one] {""}
   *[other] {" "}({ $quantity } pieces)
}: { $rate }, { $rule }.
why-lost = This goes before { $rate }, { $rule }.
why-over-total = Together that would be { $exact }, but a commission is never more than its order.
why-direct = Direct commission of the order: { $direct }{ $rounded ->
    [yes] , rounded down once from { $exact }.
   *[no] .
}
why-cut-out = Level { $level } takes { $amount } of it.
why-cut-out-lost = Level { $level } would take { $amount } of it, which leaves it and goes to nobody.
why-cut-out-for = Level { $level }, { $member }, takes { $amount } of it.
why-seller = Seller: { $seller }.
why-level = Level { $level } gets { $rate } of { $of ->
    [sale] the order's total
   *[direct] the direct commission
} ({ $base }){ $rounded ->
    [yes] , rounded down from { $exact }.
   *[no] .
}
why-signup = { $friend } joined: rank { $rank } pays { $bonus } for that.
why-rank = The rank { $rank } was reached: it pays { $bonus } once.
why-period = { $kind ->
    [day] Pairing of the day { $first_day }.
    [week] Pairing of the week from { $first_day }.
   *[month] Pairing of the month from { $first_day }.
}
why-legs = Left leg: { $left }. Right leg: { $right }.
why-matched = Matched in both legs: { $matched }. It pays { $rate }{ $rounded ->
    [yes] , rounded down from { $exact }.
   *[no] .
}
why-pairs = Pairs: { $pairs }, each pays { $bonus } and uses { $of_left } × { $unit } on the left and { $of_right } × { $unit } on the right.
why-left-over = Left over: { $left } on the left, { $right } on the right. { $carry ->
    [all] Both are carried into the next period.
    [limited] At most { $limit } of each is carried into the next period.
   *[none] Nothing is carried into the next period.
}
why-cap = It was { $before }, cut by { $cap ->
    [single] the cap of a single commission
    [period] the cap of a period
   *[lifetime] the lifetime cap
} ({ $limit }).
why-amount = Commission: <b>{ $amount }</b>
why-reversed = Of the order { $refunded } was refunded, so { $reversed } was taken back. Left: { $left }.
why-was-held = It was held until its condition was met.
why-waits-for-approval = It waits for an admin's approval.
why-held = { $who ->
    [you] Held: you do not meet the plan's condition yet.
    [named] Held: { $member } does not meet the plan's condition yet.
   *[stranger] Held: a member between you and the seller does not meet the plan's condition yet.
}
why-once-released = { $ripens ->
    [later] Once released, it can be withdrawn from { $until }{ $word ->
        [needed] , when an admin has approved it.
       *[none] .
    }
   *[at-once] Once released, it can be withdrawn { $word ->
        [needed] when an admin has approved it.
       *[none] at once.
    }
}
why-state = { $state ->
    [pending] Pending until { $until }.
    [available] Available: it can be withdrawn.
    [rejected] Rejected by an admin.
   *[reversed] Taken back in full.
}
rate-each = { $amount } each
rate-rule = { $kind ->
    [link] the rate of the link
    [offer-product] the offer { $name } on this product
    [offer-category] the offer { $name } on its category
    [offer] the offer { $name }
    [product] the rate of the product { $name }
    [category] the rate of the category { $name }
   *[rank] the rate of the rank { $name }
}
need-members = – { $kind ->
    [recruits] members brought
    [left] members in the left leg
   *[right] members in the right leg
}: { $has } of { $asks }
need-money = – { $kind ->
    [earnings] earned
   *[sales] sold
}: { $has } of { $asks }
need-reinstated = – the membership is suspended and has to go on
volume-members = { $members ->
    [one] { $members } member
   *[other] { $members } members
}
commission-origin = { $kind ->
    [direct] direct, order { $of }
    [level] level { $level }, order { $of }
    [signup] signup bonus for { $of }
    [rank] bonus of the rank { $of }
   *[pairing] pairing of the period from { $of }
}

## Team, rank, offers

command-team = My team, and what holds commissions up
command-rank = My rank and the next one
command-offers = What pays how much now
command-friends = How far my friends have come
button-friends = Friends
button-team = Team
button-rank = Rank
button-offers = What pays how much
button-previous = Previous
button-next = Next
team-page =
    <b>Your team</b>
    { $parts }
team-of-nobody = You have no team yet. Get your link and share it: those who join through it are your team.
team-empty = Nobody has joined below you yet. Share your link, and your team grows: /link
team-level = Level { $level }: { $members ->
    [one] { $members } member
   *[other] { $members } members
}
team-below = { $members ->
    [one] { $members } member
   *[other] { $members } members
} joined through your link.
team-leg = { $side ->
    [left] Left leg
   *[right] Right leg
}: { $members ->
    [one] { $members } member
   *[other] { $members } members
}
team-leg-with-volume = { $side ->
    [left] Left leg
   *[right] Right leg
}: { $members ->
    [one] { $members } member
   *[other] { $members } members
}, volume { $volume }
team-period-closes = The legs are paired when the period closes: { $at }.
team-needs =
    {""}
    <b>The plan's condition</b>: you { $met ->
        [yes] meet it.
       *[no] do not meet it yet.
    }
team-held =
    {""}
    <b>Held up</b>
team-held-by = { $amount } in { $commissions ->
    [one] { $commissions } commission
   *[other] { $commissions } commissions
} waits for { $member }:
rank-card =
    <b>Your rank: { $rank }</b>
    { $gives }

    { $next }
rank-of-nobody = You have no rank yet. Get your link first: everybody starts with the first rank.
rank-cap-single = A single commission can be { $cap } at most.
rank-cap-period = One period's pairing can be { $cap } at most.
rank-cap-lifetime = All your earnings together can be { $cap } at most; they are { $earned } so far.
rank-next =
    <b>The next rank: { $rank }</b>
    On what your friends buy it pays { $rate }. It asks:
rank-next-bonus = Reaching it pays { $bonus } once.
rank-highest = This is the highest rank.
rank-only = This is the programme's only rank.
offers-card =
    <b>What pays how much now</b>
    { $special }

    <b>Otherwise</b>, rank { $rank }
    { $otherwise }
offers-none = There is no offer and no special rate at the moment.
offers-offer = <b>{ $rate }</b>, offer { $offer }
offers-starts = – from { $at }
offers-ends = – until { $at }
offers-everything = – on every product
offers-thing = – on the { $kind ->
    [product] product { $name }
   *[category] category { $name }
}
offers-rate = <b>{ $rate }</b>, { $kind ->
    [product] product { $name }
   *[category] category { $name }
}
earns-directly = On what your friends buy: { $rate }
earns-level = On sales of members { $level ->
    [one] one level
   *[other] { $level } levels
} below you: { $rate } of { $of ->
    [sale] the order
   *[direct] the direct commission
}
earns-less-levels = Members above you get their levels' shares out of your direct commission.
earns-pairing = On what both your legs have in common: paid each { $period ->
    [day] day
    [week] week
   *[month] month
}
earns-signup = For each member that you bring: { $bonus }

## Withdrawals

command-withdraw = Ask for my money
command-cancel_withdrawal = Take a request back
withdraw-not-member = There is nothing to withdraw yet. Get your link and share it first.
withdraw-nothing =
    There is nothing to withdraw at the moment.
    { $lines }{ $bounded ->
        [yes] {""}
            The least that can be withdrawn is { $minimum }.
       *[no] {""}
    }
withdraw-ask-amount =
    How much would you like to withdraw? You have { $available }.
    Choose, or write the amount. To stop: /cancel
button-amount-all = All: { $amount }
button-amount-half = Half: { $amount }
button-amount-minimum = The least: { $amount }
withdraw-ask-destination =
    Where should { $amount } go?
    Send a card number (16 digits) or a Sheba (IR and 24 digits). To stop: /cancel
button-destination = { $masked }
destination-masked = { $kind ->
    [sheba] Sheba
   *[card] Card
} { $tail }
withdraw-confirm =
    <b>Is this right?</b>
    Amount: <b>{ $amount }</b>
    To: { $destination }
button-withdraw-confirm = Yes, request it
button-change = Change
button-leave = Leave it
withdraw-done =
    <b>Request { $number } is recorded</b>
    { $amount } to { $destination }
    The admins have been told. You will hear of each step.
button-cancel-request = Cancel the request
cancel-which = Which request should be cancelled?
button-cancel-which = Cancel { $number }: { $amount }
cancel-nothing = You have no open request.
cancel-done = Request { $number } is cancelled. { $amount } can be withdrawn again.

## Language, help, privacy

command-language = فارسی / English
command-help = What I can do
command-privacy = What is kept about me
language-ask = Which language shall we speak?
button-persian = فارسی
button-english = English
toast-language-chosen = We speak English now.
help-card =
    <b>What I can do</b>
    { $lines }
help-newcomer =
    /link – your own link, which makes you a member
    /code – a code that a friend gave you
help-member =
    /link – your link and its picture
    /balance – what you have
    /history – each entry, and why
    /friends – how far your friends have come
    /team – your team, and what holds commissions up
    /rank – your rank and the next one
    /offers – what pays how much now
    /withdraw – ask for your money
    /cancel_withdrawal – take a request back
help-everybody =
    /language – فارسی / English
    /privacy – what is kept about you
help-admin = /admin – what admins can do
privacy-card =
    <b>What is kept about you</b>
    Your Telegram number, name, username and language.
    Who invited you, your orders, and each movement of your money; these entries are never deleted.
    Your customer number at a connected shop, and nothing else of what the shop knows about you.
    Card and Sheba numbers, encrypted; only the admins who pay you see them in full.
    What you write is blanked as soon as it is answered.
    Which invitation links you opened, and when. Whoever invited you sees your name, when you joined and when you bought; whoever else's link you opened sees your name; your friends see yours.

## Notices for members

notice-reference = Reference: { $code }
notice-friend-came = { $friend } came through your link.
notice-friend-joined = { $friend } has joined and has a link now, too.
notice-commission =
    <b>You earned { $amount }</b>
    { $reason }
    { $state }
    { $reference_line }
reason-order = { $kind ->
    [level] Level { $level } commission on a purchase by { $buyer }.
   *[direct] Direct commission on a purchase by { $buyer }.
}
reason-signup = Signup bonus: { $friend } joined.
reason-pairing = Pairing commission of the period from { $first_day }.
reason-rank = Bonus of the rank { $rank }.
standing-free = { $waits ->
    [nothing] It can be withdrawn now.
    [time] It can be withdrawn from { $until }.
    [word] It can be withdrawn once an admin has approved it.
   *[both] It can be withdrawn from { $until }, once an admin has approved it.
}
standing-held = { $who ->
    [you] It is held until you meet the plan's condition.
    [named] It is held until { $member } meets the plan's condition.
   *[stranger] It is held until a member between you and the seller meets the plan's condition.
}
notice-released =
    <b>{ $amount } is released</b>
    { $reason }
    Nothing holds this commission any more.
    { $state }
    { $reference_line }
notice-reversed =
    <b>{ $amount } was taken back</b>
    Order { $order } was refunded. Left of this commission: { $left }.{ $below ->
        [yes] {""}
            Your balance is { $available }; what you earn next fills it first.
       *[no] {""}
    }
    { $reference_line }
notice-rejected =
    <b>A commission of { $amount } was rejected</b>
    An admin decided so. Reason: { $reason }
    { $reference_line }
notice-cap-reached =
    <b>A cap is reached</b>
    A commission of { $cut } was not credited: { $cap ->
        [single] a single commission
        [period] one period's pairing
       *[lifetime] all your earnings together
    } can be { $limit } at most.
    { $reference_line }
notice-adjusted =
    <b>An admin corrected your balance: { $amount }</b>
    Reason: { $reason }
    { $reference_line }
notice-rank-reached =
    <b>You have reached the rank { $rank }</b>
    Congratulations!
    { $gives }
notice-suspended = Your membership is suspended: you earn nothing new and cannot withdraw. Please ask an admin about it.
notice-reinstated = Your membership goes on: you earn and can withdraw again.
notice-withdrawal-approved =
    <b>Request { $number } is approved</b>
    { $amount } will be paid soon.
    To: { $destination }
    { $reference_line }
notice-withdrawal-rejected =
    <b>Request { $number } was rejected</b>
    { $amount } can be withdrawn again. Reason: { $reason }
    { $reference_line }
notice-withdrawal-paid =
    <b>Paid: { $amount }</b>
    Request { $number }
    To: { $destination }
    Tracking code: { $tracking }
    { $reference_line }
no-reason = none was given

## Admins: home

command-admin = What admins can do
button-admin-back = Back to admin
button-admin-open-requests = Open requests: { $count }
button-admin-recording = How to record purchases
admin-home =
    <b>Admin</b>
    { $count ->
        [0] No request is waiting.
        [one] { $count } request is waiting.
       *[other] { $count } requests are waiting.
    }

    You can type:
    { $commands }
admin-command = { $command }: { $description }
admin-example = { $command }
admin-recording =
    <b>Recording purchases</b>
    Write who bought and for how much; if you like, also the product and the order's number. Refunds take the order's number, corrections a member, an amount and a reason. Nothing is recorded before you confirm it.

    { $examples }

    People are named by their Telegram id, @username or invitation code.

## Admins: withdrawals

command-pending = Requests that wait
command-approve = Approve a request
command-reject = Reject a request, with a reason
command-paid = A request was paid, with its tracking code
button-admin-pending = Open requests
button-admin-request = Request { $number }
button-admin-previous = Previous
button-admin-next = Next
button-admin-approve = Approve
button-admin-reject = Reject
button-admin-paid = It is paid
button-admin-copy-card = Copy card number
button-admin-copy-sheba = Copy Sheba
toast-admin-approved = Approved.
admin-pending-none = No request is waiting. When a member asks for money, every admin gets its card here.
admin-pending =
    <b>Open requests: { $total }</b>

    { $requests }
admin-pending-line = <b>{ $number }</b> · { $member } · { $amount } · { $destination } · { $state ->
    [approved] approved, to be paid
   *[requested] to be decided
} · { $age }
admin-age = { $days ->
    [0] { $hours ->
        [0] { $minutes ->
            [0] just now
            [one] { $minutes } minute ago
           *[other] { $minutes } minutes ago
        }
        [one] { $hours } hour ago
       *[other] { $hours } hours ago
    }
    [one] { $days } day ago
   *[other] { $days } days ago
}
admin-request =
    <b>Withdrawal { $number }</b>
    Member: { $member } ({ $code })
    Amount: { $amount }
    To: { $destination }
    Requested: { $when }
    { $notes }
admin-destination = { $kind ->
    [sheba] Sheba { $number }
   *[card] card { $number }
}
admin-request-state = State: { $state ->
    [requested] to be decided
    [approved] approved, to be paid
    [paid] paid
    [rejected] rejected
   *[cancelled] cancelled by the member
}
admin-request-tracking = Tracking code: { $tracking }
admin-request-reason = Reason: { $reason }
admin-request-unreadable = The number cannot be read: the store's key is missing or is another one.
admin-request-own = This is your own request, so another admin has to decide.
admin-usage-approve =
    Please name the request's number:
    { $example }
admin-usage-reject =
    Please name the request's number and the reason, which the member will read:
    { $example } and then the reason
admin-usage-paid =
    Please name the request's number and the tracking code of the payment:
    { $example }
admin-ask-reason =
    <b>Rejecting withdrawal { $number }</b>
    { $member }, { $amount }

    Please write the reason; the member will read it. To stop: /cancel
admin-ask-tracking =
    <b>Paying withdrawal { $number }</b>
    Please pay { $amount } to { $member }:
    { $destination }

    Then send the tracking code here. To stop: /cancel
notice-admin-cancelled =
    { $member } has cancelled request { $number } for { $amount }.
    { $reference_line }
refused-not_a_number = { $word } is no number of a request. The open ones are listed here: /pending

## Admins: purchases, refunds, corrections

command-purchase = Record a purchase
command-refund = Refund an order
command-adjust = Correct a member's account
button-admin-confirm = Yes, record it
admin-card-dropped = Left undone. Nothing was changed.
admin-usage-purchase =
    Please write who bought and for how much; if you like, also the product and the order's number:
    { $examples }
    People are named by their Telegram id, @username or invitation code.
admin-purchase-confirm =
    <b>Record this purchase?</b>
    Buyer: { $buyer } ({ $code })
    Amount: { $amount }
    Product: { $product }
    Order: { $order }
    { $credited }
admin-unnamed-product = not named
admin-credited = Invited by { $sponsor }, who is to be credited.
admin-credited-nobody = Nobody invited this person, so nobody is to be credited.
admin-purchase-recorded =
    { $before ->
        [yes] <b>This order was recorded before</b>
    Nothing was counted twice.
       *[no] <b>The purchase is recorded</b>
    }
    { $buyer }, { $amount }, order { $order }

    { $commissions }
admin-commission-line = { $member }: { $amount }, { $state ->
    [held] held
    [pending] pending
    [available] available
    [rejected] rejected
   *[reversed] reversed
}{ $part ->
    [part] , of which { $reversed } was taken back
   *[none] { "" }
}
admin-order-nobody = Nobody was credited: { $why ->
    [no_sponsor] the buyer came through nobody's link.
    [suspended] the inviter is suspended.
    [window] the invitation was too long ago.
    [not_first] only a friend's first purchase pays.
   *[nothing] nothing was left to credit.
}
admin-order-seller = Credited to { $seller }.
admin-usage-refund =
    Please name the order's number, and the amount if not all of it is refunded:
    { $example }
    { $part }
admin-refund-confirm =
    <b>Refund this order?</b>
    Order: { $order }
    Buyer: { $buyer }
    Amount of the order: { $total }, of which { $left } is left
    To be refunded: { $amount }
    Taken back from commissions, in all: { $taken }
admin-refund-recorded =
    <b>Refunded: { $amount }</b>
    Order: { $order }

    { $commissions }
admin-usage-adjust =
    Please name the member, the amount (below zero to take away) and the reason, which the member will read:
    { $example } and then the reason
    { $less } and then the reason
admin-adjust-confirm =
    <b>Correct this account?</b>
    Member: { $member } ({ $code })
    By: { $amount }
    Reason: { $reason }
    Available now: { $available }
admin-adjust-recorded =
    <b>Corrected: { $amount }</b>
    Member: { $member }
    Reason: { $reason }
    Available now: { $available }
refused-nobody_found = I do not know { $word }. Please name people by Telegram id, @username or invitation code. They have to start the bot first.
refused-nothing_written = Nothing was written there. Please write it out.
refused-too_long = That is too long. At most { $limit } characters are kept.

## Admins: looking people and commissions up

command-member = Look somebody up
button-admin-why = Why { $number }?
admin-usage-member =
    Please name somebody by Telegram id, @username or invitation code:
    { $example }
admin-person =
    <b>{ $name }</b>
    Telegram id: { $id }
    { $username }
    Invitation code: { $code }
    { $sponsor }

    { $membership }

    <b>Last orders</b>
    { $orders }
admin-username = Username: { $username }
admin-no-username = Username: none
admin-came-through = Invited by { $sponsor } ({ $code }) on { $date }
admin-came-alone = Invited by nobody: they came without a link.
admin-not-joined = Not a member yet.
admin-joined = Member since { $date }{ $suspended ->
    [yes] , suspended
   *[no] { "" }
}
admin-balance =
    Available: { $available }
    Pending: { $pending }
    Held: { $held }
    Reserved: { $reserved }
    Paid: { $paid }
admin-friends = Friends: { $came } came, { $joined } joined, { $bought } bought
admin-no-orders = None yet. Commissions come with purchases.
admin-order-line = { $order }: { $amount }{ $part ->
    [part] , of which { $refunded } was refunded
   *[none] { "" }
}, { $date }. { $outcome }
admin-usage-why =
    Please name a commission by its number, an order, or a person:
    { $examples }
admin-why-commission =
    <b>Commission { $number }: { $amount }</b>
    { $member }, { $date }

    { $lines }
admin-why-order =
    <b>Order { $order }</b>
    Buyer: { $buyer }
    Amount: { $amount }{ $part ->
        [part] , of which { $refunded } was refunded
       *[none] { "" }
    }
    Recorded: { $date }

    { $commissions }
admin-step-opened = { $date }: opened the link { $link } of { $member } and { $outcome ->
    [came] came through it.
    [friend] was their friend already.
    [elsewhere] had come through somebody else.
   *[member] was a member already.
}
admin-step-joined = { $date }: joined.
admin-step-bought = { $date }: bought for the first time.
admin-step-no-order = Has not bought yet.
admin-why-person =
    <b>{ $name }</b> ({ $code })
    { $sponsor }

    { $steps }

    <b>Last orders</b>
    { $orders }
refused-nothing_found = There is no commission, order or person called { $word }.

## Admins: commissions

command-commissions = Commissions that wait
button-admin-commissions = Commissions
button-admin-commission = Commission { $number }
button-admin-reject-plainly = Reject without a reason
admin-usage-commissions =
    You can write:
    { $examples }
    Behind the last one you can give the reason, which the member will read.
admin-commissions-none = { $approval ->
    [manual] No commission waits for approval. When one is credited, it is listed here.
   *[auto] No commission is held or pending. They need no approval here: each becomes available by itself.
}
admin-commissions =
    { $approval ->
        [manual] <b>Commissions that wait for approval: { $total }</b>
       *[auto] <b>Commissions held or pending: { $total }</b>
    They need no approval here, but can be rejected until they are available.
    }

    { $commissions }
admin-commissions-line = <b>{ $number }</b> · { $member } · { $amount } · { $origin } · { $state ->
    [held] held
   *[pending] pending, due { $until }
}
admin-commissions-auto = Commissions need no approval here: each becomes available by itself.
admin-commission-own = This is your own commission, so another admin has to decide.
admin-commission-approved = An admin has approved it.
admin-ask-commission-reason =
    <b>Rejecting commission { $number }</b>
    { $member }, { $amount }

    Please write the reason; the member will read it. Or reject it without one. To stop: /cancel

## Buying in the chat, and payments

command-buy = What can be bought here
button-buy = Buy { $title } · { $price }
buy-nothing = Nothing is sold here in the chat.
buy-card =
    <b>What you can buy here</b>

    { $products }
buy-landing =
    <b>This is what the link is about</b>

    { $products }
buy-line = <b>{ $title }</b> · { $price }
    { $description }
checkout-gone = This is not sold any more. Nothing was paid.
checkout-price = The price has changed. Please open /buy again. Nothing was paid.
checkout-currency = This cannot be paid just now. Nothing was paid.
payment-received =
    <b>Thank you!</b>
    { $product }, { $amount }
    Your receipt: { $order }
payment-given-back =
    <b>Your payment has gone back to you</b>
    { $product }, { $amount }
    Receipt: { $order }
admin-payment-not-recorded = { $buyer } has paid { $amount } ({ $order }), but the configuration has no rate for that currency. Set one in [exchange], restart, then record it: /purchase
admin-refund-of-unknown = { $amount } went back to { $buyer } ({ $order }), but the books hold no such order.
admin-refund-asked =
    <b>Telegram is asked to give { $buyer } the Stars back</b>
    Order { $order }. As soon as it says that they have gone, the commissions are taken back.
refused-stars_in_parts = Telegram gives Stars back whole or not at all. Please leave the amount out.
## Shops

command-shop = Link my account at the shop
button-copy-token = Copy token
shop-token =
    <b>Your account at the shop</b>
    Enter this token once at the shop, in the field for the referral code or as its checkout asks:
    { $token }
    From then on what you buy there is yours here, too. It holds for a day and for one account; your inviter stays who they are.
admin-shop-problem = { $kind ->
    [no_rate]
        <b>An order was not recorded: { $order }</b>
        It is over { $total }, and [exchange] in the configuration has no rate for that currency. With a rate set and the bot started again the shop can send it once more.
    [worthless]
        <b>An order was not recorded: { $order }</b>
        In the programme’s currency it comes to nothing, or to more than can be recorded.
    [conflict]
        <b>An order was not recorded: { $order }</b>
        There is another order of this number with other content.
    [more_left]
        <b>Please look at the order { $order }</b>
        More of it is left at the shop { $shop } than is recorded: a refund was taken back, a cancelled order revived or something added. What was taken back from members stays so; what they are owed can be recorded with /purchase
    [deleted]
        <b>Please look at the order { $order }</b>
        The shop { $shop } has deleted it. Commissions stay as they are; if the money went back, record it with /refund
   *[other]
        <b>Please look at the order { $order }</b>
        What the shop { $shop } said about it could not be recorded.
}

## Pages of the web

web-unknown-title = This link is not known
web-unknown = The code in it belongs to nobody, or was mistyped. Ask your friend to send it again.
web-to-the-bot = Open the bot
