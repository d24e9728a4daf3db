### The texts in English. Texts are Telegram's HTML, except toast-, button-, command- and refused- messages, which are plain.
### Arguments are typed by the program (bot/kit/formatting.py): they come escaped, with digits and direction set.

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
chart-compact = { $scale ->
    [thousand] { $number }K
    [million] { $number }M
    [billion] { $number }B
    [trillion] { $number }T
   *[one] { $number }
}

## Titles of what the programme names by ids

# The first rank, where the configuration gives it no title.
title-first-rank = Starter
# As the shell shows it.
shell-amount = { $amount }
# An offer that is made in the chat without a title.
title-offer = Special offer
# As admins read it.
title-and-id = { $title } ({ $id })

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
date-without-year = { $day } { $month }
date-with-time = { $day } { $time }

## Lines that several cards share

reason-line = Reason: { $reason }
destination-line = To: { $destination }
tracking-line = Tracking code: { $tracking }
member-line = Member: { $member } ({ $code })
available-now-line = Available now: { $available }
audience-line = To: { $audience }
pace-line = At { $rate } a second: { $duration }
-naming-people = Find people by part of their name, @username, Telegram id, code, an order, or the last four digits of their card. Or forward a message of theirs, or send their contact.
-ask-reason = Please write the reason; the member will read it.
people-line = People: { $people }{ $blocked ->
    [0] { "" }
   *[other] , of whom { $blocked } have blocked the bot
}

## Answers to what no feature expects

unknown-command = I don't know that command. See what I can do: /help
unknown-text = Sorry, I didn't get that. Use the buttons below or /help
forwarded-text = I can't use forwarded messages or other bots' cards here. Please type it yourself.
text-expected = Please answer with text. To stop: /cancel
dialogue-expired = That question has expired, so your answer was not saved. Please start again.
dialogue-cancelled = Cancelled. Nothing changed.
dialogue-nothing-to-cancel = There is nothing to cancel.
group-talk-in-private =
    Please message me in private:
    { $link }
command-cancel = Cancel

## Buttons and cards that cannot be taken

refused-old_button = This button has expired. Please start again.
refused-not_yours = This button is not for you.
refused-draft_gone = This request is no longer valid. Please start again.
refused-draft_used = This has already been done.

## Amounts that cannot be taken

refused-not_an_amount = I can't read that amount. Please write it in digits, such as 15000 or 15 thousand.
refused-negative_amount = The amount must be above zero.
refused-zero_amount = The amount cannot be zero.
refused-fractional_amount = Amounts in { $currency } don't have that many decimals. Please round it.
refused-ambiguous_amount = That amount could mean two things. Please write it without thousands separators, and with a full stop before decimals.
refused-amount_too_large = That amount is too large.
refused-wrong_unit = Amounts here are in { $currency }, not in { $found }. Please write it in { $currency }.

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
refused-already_member = This person is already a member.
refused-self_referral = This is your own link, for your friends; you can't refer yourself.
refused-conflict = This number is already recorded with other details. Nothing changed.
refused-unknown_order = There is no order with the number { $order }.
refused-over_refund = Only { $left } of this order is left to refund.
refused-unknown_commission = There is no such commission.
refused-already_settled = { $state ->
    [approved] This has already been approved.
    [paid] This has already been paid.
    [rejected] This has already been rejected.
    [cancelled] This has already been cancelled.
    [available] This is already available and can be withdrawn.
    [reversed] This has already been taken back in full.
   *[other] This has already been decided.
}
refused-suspended = This membership is suspended. Please ask an admin about it.
refused-below_minimum = The minimum withdrawal is { $minimum }.
refused-insufficient_funds = You can withdraw up to { $available } right now.
refused-too_many_open_requests = { $count ->
    [one] Your last request is still open. You can make a new one once it is paid or rejected, or you cancel it: /cancel_withdrawal
   *[other] You have { $count } open requests, the most at a time. You can make a new one once one of them is paid, rejected or cancelled: /cancel_withdrawal
}
refused-too_many_requests = You've made { $count } requests within an hour. You can make the next one from { $at }.
refused-unknown_withdrawal = There is no such withdrawal.
refused-programme_change = The setting { $key } cannot be changed like this.
refused-not_approved = This withdrawal has to be approved before it is paid.
refused-own_request = You can't decide on your own request. Another admin has to.
refused-own_account = You can't correct your own account. Another admin has to.
refused-destination_changed = This cannot be paid: its card or Sheba cannot be read, or is not the one that was given. Please reject it; moaref verify on the server says more.
refused-amount_out_of_range = The amount has to be between { $least } and { $most }.
refused-sum_out_of_range = Not recorded: a total would go beyond { $most }, the most that can be stored.
refused-approved_already = An admin has approved this withdrawal and the money may be on its way, so it can no longer be cancelled. If something is wrong with it, please ask an admin: they can still reject it.
refused-own_sale = You earn from this order, so another admin has to record it.
refused-own_membership = You can't suspend or reinstate yourself. Another admin has to.
refused-payouts_stopped = Payouts are on hold until the books have been checked.
refused-unknown_person = I don't know this person. They have to start the bot first.

## When something goes wrong on our side

error =
    Something went wrong on our side. Before trying again, check whether it went through.
    If you ask us about it, quote this reference: { $code }
error-for-admins =
    Something went wrong while answering { $person }.
    The log says why, under this reference: { $code }

## What the operator's configuration may say in words of its own

programme-name = Referral programme
programme-welcome = Share your link with friends.
programme-share = I know a shop you will like. Come in through my link:

## The bot's own profile on Telegram, where the operator has not written it: at most 512 and 120 characters

profile-description =
    { $shop }

    Share your link with friends and earn { $part ->
        [each] { $rate } for each item they buy
        [most] up to { $rate } of what they buy
       *[all] { $rate } of what they buy
    }. Your balance, your friends and your payouts are all here.
profile-short-description = Share your link and earn { $part ->
    [each] { $rate } for each item your friends buy
    [most] up to { $rate } of your friends' purchases
   *[all] { $rate } of your friends' purchases
}.

## The machine itself

books-do-not-hold =
    <b>The books do not add up</b>
    Payouts are on hold until someone has checked; everything else goes on.
    { $count ->
        [one] This was found:
       *[other] Found: { $count }. The first:
    }
    { $problem }
    Please run <code>moaref verify</code> on the server: it lists everything that is wrong. Do not pay anyone by hand before that. When the books are right again, payouts go on by themselves within the hour.

token-refused =
    <b>Telegram refused the bot's token from { $since } until now</b>
    Nobody was answered meanwhile; shops' orders were recorded. If you made a new token at @BotFather, check that the configuration has it.

clock-is-doubted =
    <b>The server's clock has jumped</b>
    It says { $wall }; by all that the bot knows it is { $time }. The bot goes by its own time, so that nothing is dated wrongly or becomes payable early.
    Correct the clock, and it is used again by itself. If it is right after all, run <code>moaref clock accept</code> on the server.

clock-is-believed =
    <b>The server's clock is used again</b>
    It agrees with the bot's own time, or someone has accepted it.

store-is-away =
    <b>The store's file is gone</b>
    It was deleted, moved or replaced on the server. Nothing is recorded or confirmed until it is back: shops send their orders again, and people's messages wait. Put the same file back in its place; with another file, restart the bot.

store-is-back =
    <b>The store's file is back</b>
    Everything goes on. Shops send again what they had no answer for.

store-is-older =
    <b>The bot answers nobody: its store is older than it should be</b>
    Telegram has confirmed updates that this store does not know. Perhaps an older copy was put in its place. Stop the bot, put the newer store back and start it again.
    If there is none, write <code>/new_store</code> to me: then I go on with this one, and what happened in between is missing.

store-is-accepted =
    <b>The bot goes on with this store</b>
    What happened after it was copied is not in it: look at your shop's latest orders and your latest payouts.

## Home card, links and codes

command-start = Open the home card
command-code = Use a friend's code
command-link = My invitation link
command-qr = Poster with my QR code
button-home = Home
button-back = Back
button-get-link = Get my link
button-link = My link
button-balance = Balance
button-history = History
button-withdraw = Withdraw
button-help = Help
button-more = More
button-shop = Go to the shop
button-products = See what's for sale
button-language = { OWN_NAMES() }
button-admin = Admin
button-share = Share
button-copy-link = Copy link
button-copy-code = Copy code
home-newcomer =
    <b>Welcome to { $shop }</b>

    { $welcome }
home-friend =
    <b>Welcome to { $shop }</b>

    { $news }

    { $welcome }
home-inviter = { $inviter } invited you.
home-welcome = { $welcome }
promise-share = You earn { $most ->
    [most] up to{" "}
   *[all] {""}
}{ $rate } of every purchase your friends make.
promise-each = You earn { $most ->
    [most] up to{" "}
   *[all] {""}
}{ $amount } for each item your friends buy.
promise-levels = You also earn on what your team sells, down to level { $levels }: { $rate } of { $of ->
    [sale] the order's total
   *[direct] the seller's commission
} on level 1.
home-member =
    <b>{ $shop }</b>

    Your balance: { $available }{ $begins ->
        [yes] {" "}– share your link to get started
        [suspended] {""}
        Your membership is suspended: you earn nothing new and cannot withdraw.
       *[no] {""}
    }
more-card =
    <b>More</b>
    Everything else is here.
code-ask = Please send the code that your friend gave you. To stop: /cancel
code-malformed = That code isn't right. A code has seven or eight letters and digits; please ask your friend for the link again.
code-unknown = I don't know that code. Please ask your friend for the link again.
code-own = This is your own link. It is for your friends; you can't refer yourself.
code-of-another = You joined through { $inviter }'s link; that won't change.
code-of-another-for-member = You are already a member, and members keep their place.
friend-was-here = { $friend } had already come through someone else. The first invitation counts.
friend-was-member = { $friend } opened your link, but was already a member. Members keep their place.
button-links = My links
button-story = Story picture
button-post = Post picture
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
refused-too_many_tags = You've used all { $most } tags.
link-card-made =
    <b>{ $kind ->
        [tag] Your link with the tag { $name }
        [campaign] Your link for the campaign { $name }
       *[product] Your link for { $name }
    }</b>
    { $link }
    Code: { $code }

    So far: { $reach }
inline-own = { button-link }
button-open-link = Open
link-reach = { $came ->
    [0] nobody has come yet
    [one] { $came } friend came{ $joined ->
        [0] { "" }
       *[other] { " · " }{ $joined } joined
    } · { $bought ->
        [0] no purchase yet
       *[other] { $bought } bought
    }
   *[other] { $came } friends came{ $joined ->
        [0] { "" }
       *[other] { " · " }{ $joined } joined
    } · { $bought ->
        [0] no purchase yet
       *[other] { $bought } bought
    }
}
links-page =
    <b>Your links</b>
    { $lines }

    Tags show where your friends come from: /link instagram
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
funnel-card =
    <b>How your links are doing</b>
    { $lines }
funnel-title = How your links are doing
funnel-all = { $came ->
    [0] Nobody has come yet
    [one] { $came } friend came
   *[other] { $came } friends came
}
funnel-own = Own link
funnel-unnamed = A link
funnel-clicks = Clicks
funnel-came = Came
funnel-joined = Joined
funnel-bought = Bought
links-ask-tag = What should the tag be called? One word, such as instagram. To stop: /cancel
links-goods = What should the link be for? Your friend sees it as soon as they open the link.
ready-page =
    <b>Ready texts</b>
    Each one has your link in it. Forward it as it is.
ready-text = { $text }
friends-page =
    <b>Your friends</b>
    { $lines }
friends-best =
    <b>Your friends, by what they brought</b>
    { $lines }
friends-of-nobody = You have no friends here yet. Get your link and share it.
friends-none = Nobody has come through your link yet. Share it: /link
friends-none-best = None of your friends has brought you anything yet.
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
friends-bought = First purchase: { $date }{ $orders ->
    [one] { "" }
   *[other] { " " }({ $orders } orders in all)
}
friends-brought = Earned you: <b>{ $amount }</b>
friends-not = { $why ->
    [member] Does not count for you: was already a member.
    [elsewhere] Does not count for you: came through someone else.
    [waiting] Under review.
    [dropped] Does not count for you: an admin declined it.
   *[nothing] Has not bought yet.
}
link-card =
    <b>Your link</b>
    { $link }
    Code: { $code }

    { $results }
link-rate = { $kind ->
    [part] You earn { $rate } of every purchase
   *[each] You earn { $rate } that your friends buy
}
link-so-far = So far: { $reach }
link-earned = Earned so far: { $amount }
forward-words = { $words }
forward-benefit = { $benefit }
poster-invitation = { $name } invites you
poster-discount = { $discount } off
poster-hint = Scan with your phone’s camera
link-hint = You're a member now. Send your link to three friends to begin with.
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

command-balance = My balance
command-history = My transactions
balance-card =
    <b>Your balance</b>
    { $lines }

    Friends: { $came } came, { $joined } joined, { $bought } bought.
balance-of-nobody = You have no balance yet. Get your link, share it, and earn on what your friends buy.
balance-available = Available: <b>{ $amount }</b>
balance-below-zero = This is below zero after a refund or a correction. What you earn next makes up for it first.
balance-pending = Pending: { $amount } – until it matures or is approved
balance-held = Held: { $amount } – yours once its condition is met
balance-reserved = Reserved: { $amount } – on its way to you
balance-paid = Paid: { $amount } – so far
history-page =
    <b>History</b>, page { $page } of { $pages }

    { $entries }
history-of-nobody = Nothing has happened yet. Get your link and share it, and what you earn will be listed here.
history-empty = Nothing has happened yet. Share your link, and what you earn will be listed here.
history-entry =
    { $row }) { $what ->
        [direct] { $cause }
        [level] Level { $level } · { $cause }
        [signup] Signup bonus
        [rank] Rank bonus
        [pairing] Pairing bonus
        [released] Commission released
        [matured] Commission became available
        [reversed] Refund · { $cause }
        [rejected] Commission rejected
        [requested] Withdrawal requested
        [paid] Withdrawal paid
        [given-back] Withdrawal given back
        [adjusted] Correction by an admin
       *[other] Other
    }: <b>{ $amount }</b>
history-purchase = Purchase by { $buyer }
history-order = Order { $order }
history-day = { $day ->
    [today] <u>Today</u>
    [yesterday] <u>Yesterday</u>
   *[earlier] <u>{ $date }</u>
}
button-why-row = { $row }
history-why =
    {""}
    Why? Tap a number:
button-newer = Newer
button-older = Older

## Earnings as a chart

command-earnings = My earnings by day, week or month
button-earnings = Chart of earnings
button-chart = Chart
button-refresh = Refresh
button-earnings-period = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $period ->
    [day] Days
    [week] Weeks
   *[month] Months
}
earnings-card =
    <b>{ earnings-title }</b>
    { earnings-total }

    { $lines }
earnings-title = { $period ->
    [day] { $count ->
        [one] Today
       *[other] Last { $count } days
    }
    [week] { $count ->
        [one] This week
       *[other] Last { $count } weeks
    }
   *[month] { $count ->
        [one] This month
       *[other] Last { $count } months
    }
}
earnings-total = Earned: { $amount }
earnings-line = { $period ->
    [week] Week of { $label }
   *[other] { $label }
}: { $amount }
chart-day = { $day }
chart-name = { $name }
chart-count = { $count }
chart-amount = { $amount }
chart-money = { $value } { $unit }

## Why this number?

command-why = How a commission was worked out
button-why = Why this number?
person-you = you
person-of-team = someone in your team
person-of-shop = a customer of the shop
why-which = Which commission? Choose it in your history, or write its number: /why 12. Or write a friend's name: /why Sara
why-card =
    <b>Why { $amount }?</b>
    Commission { $number }, { $date }

    { $lines }
shares-card =
    <b>{ shares-title }</b>
    { shares-total }

    { $lines }
shares-title = Who gets what from order { $order }
shares-total = { $total }{ $refunded ->
    [yes] , after refunds
   *[no] { "" }
}
shares-own = You
shares-others = Others in the programme
shares-shop = The shop
shares-member = A member
shares-line = { $name }: { $amount }
why-order = Order { $order }: a purchase of { $total } by { $buyer }.
why-line = { $product }{ $sorted ->
    [yes] {" "}(category { $category })
   *[no] {""}
}, { $amount }{ $quantity ->
    [one] {""}
   *[other] {" "}({ $quantity } pieces)
}: { $rate }, { $rule }.
why-lost = This replaces { $rate }, { $rule }.
why-over-total = Together that would be { $exact }, but a commission is never more than its order.
why-direct = Direct commission of the order: { $direct }{ $rounded ->
    [yes] , rounded down once from { $exact }.
   *[no] .
}
why-cut-out = Level { $level } takes { $amount } of it.
why-cut-out-lost = Level { $level } would take { $amount } of it, which is deducted and paid to no one.
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
    [offer-product] the offer “{ $name }” on this product
    [offer-category] the offer “{ $name }” on its category
    [offer] the offer “{ $name }”
    [product] the rate of the product { $name }
    [category] the rate of the category { $name }
    [base] the base rate
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
need-reinstated = – the membership is suspended and has to be reinstated
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

button-why-friend = Why: { $name }
button-friend = { $name }
button-why-commission = Why commission { $number }?
friends-which =
    <b>Which friend?</b>
    Several of your friends fit { $sought }.
friend-explained =
    <b>What { $name } has brought you</b>
    { $lines }
friend-bought-nothing = Has not bought yet. Commissions come with purchases.
friend-order-paid = { $date }: order { $order } brought you { $amount }, { $state ->
    [held] held
    [pending] pending
    [available] available
    [rejected] rejected
   *[reversed] reversed
}
friend-order-unpaid = { $date }: bought, and nothing came to you: { $why ->
    [before] that was before they came through your link.
    [suspended] your membership was suspended.
    [window] your invitation was too long ago.
    [not_first] only a friend's first purchase pays.
   *[nothing] nothing was left to credit.
}
refused-no_such_friend = None of your friends is called { $word }. See all of them: /friends
command-team = My team, and commissions that are held
command-rank = My rank and the next one
command-offers = Rates and offers
command-friends = My friends
button-friends = Friends
button-friends-by-sum = Sort by earnings
button-friends-by-date = Sort by date
button-team = Team
button-rank = Rank
button-offers = Rates
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
    [0] Nobody has joined through your link yet; those below were placed here by others.
    [one] { $members } member joined through your link.
   *[other] { $members } members joined through your link.
}
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
    <b>The plan's condition</b>: { $met ->
        [yes] met
       *[no] not met yet
    }
team-held =
    {""}
    <b>Held commissions</b>
team-held-by = { $amount } in { $commissions ->
    [one] { $commissions } commission
   *[other] { $commissions } commissions
} waits for { $member }:
button-tree = Tree
button-legs = Both legs
button-branch = { $row }. { $name }
button-up = One level up
tree-card =
    <b>{ tree-title }</b>
    { tree-sold }

    { $lines }
tree-title = { $whose ->
    [own] Your team
   *[other] Below { $name }
}{ $pages ->
    [1] { "" }
   *[other] , page { $page } of { $pages }
}
tree-sold = { $sold ->
    [0] Nobody here has sold this month
    [one] { $sold } member here has sold this month
   *[other] { $sold } members here have sold this month
}
chart-mark = { $row }.
tree-below = { $below } below
tree-line = { $level ->
    [1] – { $name }
    [2] – – { $name }
   *[other] – – – { $name }
}{ $below ->
    [0] { "" }
   *[other] , { $below } below
}{ $sold ->
    [yes] { " " }✓
   *[no] { "" }
}
legs-card =
    <b>Your legs</b>
    { $lines }
legs-title = Your legs
legs-legend = Dark: what will be matched
legs-side = { $side ->
    [left] Left leg
   *[right] Right leg
}
legs-matched = Matched now: { $left } on the left, { $right } on the right
legs-payment = That pays { $amount }, before caps and conditions
legs-closes = The period closes: { $at }
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
    Pays { $rate } on your friends' purchases. To reach it:
rank-next-bonus = Reaching it pays { $bonus } once.
rank-highest = This is the highest rank.
rank-only = This programme has just one rank.
climb-card =
    <b>Your rank: { $rank }</b>

    { $lines }
climb-title = The next rank: { $rank }
climb-from = Your rank: { $rank }
climb-need = { $kind ->
    [earnings] Earned
    [sales] Sold
   *[recruits] Members brought
}
chart-members = { $has } of { $asks }
chart-progress = { $has } of { $asks } { $unit }
climb-met = Met: { $met } of { $all }
offers-card =
    <b>Offers and special rates</b>
    { $special }

    <b>Everything else</b>{ $ranks ->
        [one] { "" }
       *[several] , rank { $rank }
    }
    { $otherwise }
offers-none = No offers or special rates at the moment.
offers-offer = <b>{ $rate }</b>, offer “{ $offer }”
offers-starts = – from { $at }
offers-ends = – until { $at }
offers-ends-day = – until the end of { $day }
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
earns-less-levels = The shares of the levels above you come out of your direct commission.
earns-pairing-share = Pairing bonus: { $rate } of your weaker leg, paid every { $period ->
    [day] day
    [week] week
   *[month] month
}
earns-pairing-bonus = Pairing bonus: { $bonus } for each pair of { $ratio ->
    [equal] { $unit } in both legs
   *[double] { $unit } in one leg and twice that in the other
}, paid every { $period ->
    [day] day
    [week] week
   *[month] month
}
earns-signup = For each member that you bring: { $bonus }

## Plans: what speaks for each, and what against it

plan-direct-strength = The easiest to explain and to reckon: only whoever brought the buyer is paid for an order.
plan-direct-drawback = Members earn nothing from the sales of members whom they brought, so they have little reason to bring any.
plan-unilevel-strength = Those above a seller share in each order, so it pays to bring members who sell, and to help them.
plan-unilevel-drawback = The levels either cut the seller's commission or cost the shop extra, and some members look for recruits instead of buyers.
plan-matrix-strength = Each member has few places, so whom an active member brings spills over to members further down and fills their levels, too.
plan-matrix-drawback = It takes longer to explain, and what a member earns depends on their place as much as on their work.
plan-binary-strength = Balancing two legs is a plain goal, and sales count however deep in a leg they are made.
plan-binary-drawback = It is the hardest to explain: one order counts for everyone above it, so the cost grows with the network, and what the stronger leg has over may never be paid.

## Withdrawals

command-withdraw = Withdraw
command-cancel_withdrawal = Cancel a withdrawal
withdraw-not-member = There is nothing to withdraw yet. Get your link and share it first.
withdraw-nothing =
    There is nothing to withdraw at the moment.
    { $lines }{ $bounded ->
        [yes] {""}
            { refused-below_minimum }
       *[no] {""}
    }
withdraw-ask-amount =
    How much would you like to withdraw? You have { $available }.
    Choose, or write the amount. To stop: /cancel
button-amount-all = All: { $amount }
button-amount-half = Half: { $amount }
button-amount-minimum = Minimum: { $amount }
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
    { destination-line }
button-withdraw-confirm = Yes, request it
button-withdraw-elsewhere = Another account
button-change = Change
button-leave = Cancel
withdraw-done =
    <b>Request { $number } submitted</b>
    { $amount } to { $destination }
    We've told the admins and will keep you posted.
button-cancel-request = Cancel the request
cancel-which = Which request should be cancelled?
button-cancel-which = Cancel { $number }: { $amount }
cancel-nothing = You have no open request.
cancel-done = Request { $number } is cancelled. { $amount } can be withdrawn again.

## Settings

command-settings = Notifications
button-settings = Settings
button-settings-group = { $group ->
    [friends] Friends
    [commissions] Commissions
    [releases] Released, due
    [ranks] Rate, caps
    [withdrawals] Withdrawals
    [milestones] Milestones
   *[rewards] Bonuses
}: { $state ->
    [on] on
   *[off] off
}
button-settings-broadcasts = Announcements: { $state ->
    [on] on
   *[off] off
}
button-settings-gather = How often
button-settings-digest = Balance digest
button-settings-zone = Time zone
button-settings-quiet = Quiet hours
button-settings-frequency = { $digest ->
    [off] Never
    [daily] Daily
    [weekly] Weekly
   *[monthly] Monthly
}
button-settings-often = { $gather ->
    [now] Each at once
    [hourly] Once an hour
   *[daily] Once a day, at { $hour }
}
button-settings-hour = { $hour }
button-settings-always = Also when nothing is new: { $state ->
    [on] yes
   *[off] no
}
button-settings-zone-name = { $zone }
button-settings-night = { $begins } to { $ends }
button-settings-no-quiet = No quiet hours
toast-settings-kept = Saved.
settings-card =
    <b>Notifications</b>
    What you hear about, and when. Payout receipts and corrections to your account always come.

    Commissions: { $gather }
    Balance digest: { $digest }
    Time zone: { $zone }
    Quiet hours: { $quiet }
settings-gather-line = { $gather ->
    [now] each at once
    [hourly] once an hour
    [by-itself] each at once, or hourly if many come
   *[daily] once a day, at { $hour }
}
settings-gather =
    <b>Commissions</b>
    Each on its own, or several in one message. Once a day means at the hour of your digest.
    Now: { $now }
settings-digest-line = { $digest ->
    [off] never
    [daily] daily, at { $hour }
    [weekly] weekly, at { $hour }
   *[monthly] monthly, at { $hour }
}
settings-quiet-line = { $any ->
    [yes] from { $begins } to { $ends }
   *[no] none
}
settings-digest =
    <b>Balance digest</b>
    What has changed, what comes due, and how far the next rank is. Weekly on the week's first day, monthly on the month's.
    Now: { $now }
settings-zones =
    <b>Time zone</b>
    Your digest and quiet hours go by it. For another one, write its city in English: { $example }
    Now: { $zone }
settings-quiet =
    <b>Quiet hours</b>
    What happens then comes as one message afterwards. The digest waits, too.
    Now: { $quiet }
zone-name = { $zone ->
    [asia-tehran] Tehran
    [asia-kabul] Kabul
    [asia-dushanbe] Dushanbe
    [asia-dubai] Dubai
    [asia-baghdad] Baghdad
    [europe-istanbul] Istanbul
    [europe-berlin] Berlin
    [europe-london] London
    [america-toronto] Toronto
    [america-los_angeles] Los Angeles
    [australia-sydney] Sydney
   *[utc] UTC
}

## Language, help, privacy

command-language = { OWN_NAMES() }
command-id = My code and Telegram id
own-id =
    <b>This is you</b>
    Code: { $code }
    Telegram id: { $number }
    Send one of them to anyone who asks which account is yours.
button-copy-number = Copy id
command-help = What I can do
command-privacy = What we keep about me
language-ask = Which language would you like?
button-speak = { $language }
toast-language-chosen = Language: English
help-card =
    <b>What I can do</b>
    { $lines }
help-newcomer =
    /link – your own link, which makes you a member
    /code – a code that a friend gave you
help-member =
    /link – your link and its picture
    /balance – your balance
    /history – your transactions, and why
    /friends – your friends
    /team – your team, and commissions that are held
    /rank – your rank and the next one
    /offers – rates and offers
    /withdraw – withdraw your money
    /cancel_withdrawal – cancel a withdrawal
help-everybody =
    /settings – notifications
    /language – { OWN_NAMES() }
    /privacy – what we keep about you
help-admin = /admin – what admins can do
privacy-card =
    <b>What we keep about you</b>
    Your Telegram id, name, username, language and settings.
    Who invited you, your orders, your customer number at a connected shop, and every movement of your money; these entries are never deleted.
    Card and Sheba numbers, encrypted; only the admins who pay you see them in full.
    Your messages are erased once answered. Of a message to support, only its number is kept, for 30 days; support reads it in its own chat.
    Which invitation links you opened, and when. Whoever invited you sees your name, when you joined and bought, and what that earned them; anyone else whose link you opened sees your name; your friends see yours.

## Support

command-support = Ask support
button-support = Support
button-support-send = Send to support
button-support-answer = Reply to support
support-offer = I didn't get that. Shall I pass it on to support?
support-ask = What would you like to tell support? Send a text, a picture, a file or a voice message. To stop: /cancel
support-elsewhere = You can reach support here:
support-passed-on = Passed on to support. You'll get the answer here.
support-not-copyable = This can't be passed on. Please send a text, a picture, a file or a voice message.
support-edited = Your edit was not passed on. Please send it as a new message.
support-not-reached = Your message did not reach support. Please try again later.
support-card =
    <b>{ $name }</b>
    Invitation code: { $code }
    { $lines }

    To answer, reply to the messages below. If no answer is needed, reply /done
support-card-balance = Balance: { $available }, pending { $pending }
support-undelivered = { $problem ->
    [blocked] Not delivered: { $name } has blocked the bot.
    [message] Not delivered to { $name }: this message was deleted, or can't be copied.
   *[unreachable] Not delivered to { $name }.
}
support-unknown-reply = I don't know who this is for. Questions can be answered for 30 days: reply to one of their newer messages.
support-done = Noted: { $name } is no longer waiting for an answer.
support-unreachable =
    <b>Questions don't reach the support chat</b>
    Reason: { $problem }
    Whoever asks is told to try again later. Please check that the bot is in the chat and may write there, and that the configuration has the right chat.
refused-too_many_questions = You've sent support { $count } messages within an hour. You can send the next one from { $at }.

## Notices for members

notice-reference = Reference: { $code }
notice-repeat = You may have received this already. Reference: { $code }
notice-balance = Available balance: { $available }{ $waits ->
    [yes] , { $pending } pending
   *[no] {""}
}{ $held ->
    [yes] , { $held_amount } held
   *[no] {""}
}
minimum-reached = You've reached the minimum of { $minimum } and can withdraw now.
notice-available =
    <b>{ $amount } can be withdrawn now</b>
    { $count ->
        [one] A commission of yours has become available.
       *[other] { $count } commissions of yours have become available.
    }
    { $foot }
notice-gathered =
    <b>{ $count ->
        [one] { $count } update
       *[other] { $count } updates
    }</b>
    { $lines }
    { $total }
gathered-total = Earned in all: <b>{ $amount }</b>
gathered-hourly = More than ten came in one day, so from now on I'll tell you about commissions once an hour. You can change that in the settings.
gathered-friend-came = – { $came }
gathered-first-friend = – Your first friend! { $came }
gathered-friend-joined = – { $friend } has joined.
gathered-friend-bought = – { $friend } bought for { $total }; it pays no commission.
gathered-commission = – { $amount }, { $state ->
    [held] held
    [pending] pending
   *[available] available
}. { $reason }
gathered-first-sale = – Your first sale: { $amount }, { $state ->
    [held] held
    [pending] pending
   *[available] available
}. { $reason }
gathered-released = – { $amount } has been released. { $reason }
gathered-available = – { $amount } can be withdrawn now.
gathered-reversed = – { $amount } was taken back: order { $order } was refunded.
gathered-rejected = – A commission of { $amount } was rejected. Reason: { $reason }
gathered-cap-reached = – You've reached a cap: { $cut } was not credited.
gathered-rank-reached = – You've reached the rank { $rank }. Congratulations!
notice-friend-came = { $friend } used your link.
notice-customer-came = A customer came to the shop through your link.
notice-first-friend =
    <b>Your first friend is here!</b>
    { $came }
    As soon as they buy something, you earn from it.
notice-friend-joined = { $friend } has joined and can invite friends too.
notice-friend-bought =
    { $friend } bought for { $total }.
    It pays no commission: { $why ->
        [window] the invitation was too long ago.
        [not_first] only a friend's first purchase does.
       *[suspended] your membership is suspended.
    }
    { $foot }
notice-commission =
    <b>You earned { $amount }</b>
    { $reason }
    { $state }
    { $foot }
notice-first-sale =
    <b>Your first sale! You earned { $amount }</b>
    { $reason }
    { $state }
    { $foot }
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
    <b>{ $amount } has been released</b>
    { $reason }
    { $state }
    { $foot }
notice-reversed =
    <b>{ $amount } was taken back</b>
    Order { $order } was refunded. Left of this commission: { $left }.{ $below ->
        [yes] {""}
            Your balance is below zero now; what you earn next makes up for it first.
       *[no] {""}
    }
    { $foot }
notice-rejected =
    <b>A commission of { $amount } was rejected</b>
    { reason-line }
    { $foot }
notice-cap-reached =
    <b>You've reached a cap</b>
    A commission of { $cut } was not credited: { $cap ->
        [single] a single commission
        [period] one period's pairing
       *[lifetime] all your earnings together
    } can be { $limit } at most.
    { $foot }
notice-adjusted =
    <b>An admin corrected your balance: { $amount }</b>
    { reason-line }
    { $foot }
notice-rank-reached =
    <b>You've reached the rank { $rank }</b>
    Congratulations!
    { $gives }
notice-rate-changed =
    <b>Your rate is { $after } now</b>
    It was { $before }. The new one is for what your friends buy from now on.
notice-suspended =
    Your membership is suspended: you can't earn or withdraw. Please ask an admin about it.
    { reason-line }
notice-reinstated = Your membership is active again: you earn and can withdraw.
notice-withdrawal-approved =
    <b>Request { $number } is approved</b>
    { $amount } will be paid soon.
    { destination-line }
    { $foot }
notice-withdrawal-rejected =
    <b>Request { $number } was rejected</b>
    { $amount } can be withdrawn again. Reason: { $reason }
    { $foot }
notice-withdrawal-paid =
    <b>Paid: { $amount }</b>
    Request { $number }
    { destination-line }
    { tracking-line }
    { $foot }
    { $reference_line }
no-reason = not given

## Digests

digest-card =
    <b>Your balance</b>
    { $balance }

    { $changes }
digest-ahead =
    {""}
    { $lines }
digest-since = Since { $since }:
digest-nothing = Nothing has changed since { $since }.
digest-earned = – earned: { $amount }
digest-freed = – became available: { $amount }
digest-taken-back = – taken back: { $amount }
digest-adjusted = – corrected by an admin: { $amount }
digest-paid = – paid to you: { $amount }
digest-friends = – friends: { $came } came, { $joined } joined, { $bought } bought
digest-ripening = Becomes available by { $until }: { $amount }
digest-chart = { $weeks ->
    [one] This week: { $total }
   *[other] { $weeks } weeks: { $total }
}
digest-chart-change = { $way ->
    [first] Your first week
    [same] This week as much as last week
    [more] This week { $amount } more than last week
   *[less] This week { $amount } less than last week
}
digest-day = { $day }
chart-value = { $value }

## Digests for admins

admin-summary =
    <b>{ $day }</b>
    { $figures }

    <b>Now</b>
    { $now }
figures-friends = Friends: { $came } came, { $joined } joined
figures-orders = Orders: { $count }, { $amount }
figures-refunded = – refunded since: { $amount }
figures-commissions = Commissions: { $count }, { $amount }
figures-taken-back = – taken back since: { $amount }
figures-cost = Commissions are { $share } of sales
figures-payouts = Payouts: { $count }, { $amount }
admin-summary-requests = { $count ->
    [0] No request is waiting.
    [one] One request is waiting, { $amount }. It was made { $age }.
   *[other] { $count } requests are waiting, { $amount } in all. The oldest was made { $age }.
}
admin-summary-undecided = { $count ->
    [0] No commission waits for approval.
    [one] One commission waits for approval.
   *[other] { $count } commissions wait for approval.
}
admin-summary-books = { $holds ->
    [yes] The books add up.
   *[no] The books do not add up. Run <code>moaref verify</code> on the server.
}
admin-reminder =
    <b>{ $total ->
        [one] One request has waited for more than a day
       *[other] { $total } requests have waited for more than a day
    }</b>

    { $requests }
job-failed =
    <b>A scheduled job did not run: { $job }</b>
    It will be tried again. <code>moaref jobs</code> on the server says why.

## Admins: home

command-admin = Admin page
button-admin-back = Back to admin
button-admin-overview = Overview
button-admin-open-requests = Open requests: { $count }
button-admin-recording = How to record purchases
admin-home =
    <b>Admin</b>
    { $waiting ->
        [0] Nothing is waiting for you.
        [one] One thing is waiting for you.
       *[other] { $waiting } things are waiting for you.
    }

    Today: { $orders ->
        [0] no orders yet
        [one] one order, { $sold }, commissions { $credited }
       *[other] { $orders } orders, { $sold }, commissions { $credited }
    }
button-admin-shop-problems = Shop problems: { $count }
button-admin-broadcasts-running = Broadcasts under way: { $count }
button-admin-questions = Questions to support: { $count }
admin-questions =
    <b>Questions to support: { $total }</b>
    { $questions }

    They are answered in the support chat, by a reply to the question.
admin-questions-line = { $asker }, since { $since }
button-admin-question = { $asker }
admin-questions-none = Nobody is waiting for an answer from support.
button-admin-stats = Statistics
button-admin-commands = Commands
admin-commands =
    <b>You can type</b>
    { $commands }
admin-command = { $command } – { $description }
admin-example = { $command }
admin-recording =
    <b>Recording purchases</b>
    Write who bought and for how much; if you like, also the product and the order's number. Refunds take the order's number, corrections a member, an amount and a reason. Nothing is recorded before you confirm it.

    { $examples }

    { -naming-people }

## Admins: statistics

command-stats = Figures for today, this week and this month
button-admin-stats-span = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $span ->
    [today] Today
    [week] This week
    [month] This month
   *[last_month] Last month
}
admin-stats =
    <b>{ $span ->
        [today] Today, { $since }
        [week] This week, { $since } to { $until }
        [month] This month, { $since } to { $until }
       *[last_month] Last month, { $since } to { $until }
    }</b>
    { $figures }

    <b>Now</b>
    { $now }

    { $more }
stats-top = <b>Who earned most</b>
button-stats = Statistics
button-stats-chart = Chart of 7 days
overview-card =
    <b>Seven days, { $since } to { $until }</b>
    { $lines }
overview-title = { $name }, seven days
overview-span = { $since } to { $until }
overview-sales = Sales
overview-commissions = Commissions
overview-payouts = Payouts
overview-sales-by-day = Sales by day
overview-best = Who earned most
stats-member = { $member }: { $amount } ({ $count })
stats-shops = <b>Sales by shop</b>
stats-shop = { $named ->
    [yes] { $shop }
   *[no] Without a shop
}: { $count }, { $amount }
stats-tags = <b>By tag</b>
stats-tag = { $tag }: { $came } came, { $count ->
    [0] no orders
    [one] one order, { $amount }
   *[other] { $count } orders, { $amount }
}

## Admins: withdrawals

command-pending = Open requests
command-approve = Approve a request
command-reject = Reject a request, with a reason
command-paid = Mark a request as paid, with its tracking code
button-admin-pending = Open requests
button-admin-request = Request { $number }
button-admin-previous = { button-previous }
button-admin-next = { button-next }
button-admin-approve = Approve
button-admin-reject = Reject
button-admin-paid = Mark as paid
button-admin-copy-card = Copy card number
button-admin-copy-sheba = Copy Sheba
toast-admin-approved = Approved.
admin-pending-none = No open requests. When a member asks for a withdrawal, every admin gets its card here.
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
    { member-line }
    Amount: { $amount }
    { destination-line }
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
admin-request-tracking = { tracking-line }
admin-request-reason = { reason-line }
admin-request-owes = Note: the member owes { $owed }. A refund has taken back more than they had.
admin-pay-owing =
    <b>Pay withdrawal { $number } all the same?</b>
    { $member } owes { $owed }: a refund has taken back more than they had. The request is for { $amount }.

    If you reject it, the amount makes up for what is owed first.
button-admin-pay-owing = Pay all the same
admin-request-unreadable = The number can't be read: the store's key is missing or is the wrong one.
admin-request-own = This is your own request, so another admin has to decide.
admin-usage-approve =
    Please name the request's number, or several:
    { $example }
    { $several }
admin-usage-reject =
    Please name the request's number, or several, and the reason, which the member will read:
    { $example } and then the reason
    { $several } and then the reason
admin-usage-paid =
    Please name the request's number and the tracking code of the payment:
    { $example }
admin-ask-reason =
    <b>Rejecting withdrawal { $number }</b>
    { $member }, { $amount }

    { $usual ->
        [yes] Choose a reason or write one; the member will read it.
       *[no] { -ask-reason }
    } To stop: /cancel
rejection-reason = { $why ->
    [wrong_account] The card or Sheba number is wrong
    [other_name] The account is in another name
    [refunded] Orders behind it were refunded
   *[duplicate] There is another request for it
}
button-admin-reject-because = { rejection-reason }
button-admin-reject-own-words = Write my own reason
admin-request-decided = { $kind ->
    [approved] Approved by { $admin }, { $when }
    [paid] Paid by { $admin }, { $when }
   *[rejected] Rejected by { $admin }, { $when }
}
toast-admin-decided = { $state ->
    [approved] { $admin } has approved this already.
    [paid] { $admin } has paid this already.
    [rejected] { $admin } has rejected this already.
   *[cancelled] { $admin } has cancelled this.
}
button-admin-approve-all = Approve all that wait: { $count }
button-admin-batch-approved = Approve { $count }: { $amount }
button-admin-batch-rejected = Reject { $count }: { $amount }
admin-batch-confirm =
    { $count ->
        [0] <b>None of these can be { $verdict ->
            [approved] approved
           *[rejected] rejected
        }</b>
       *[other] <b>{ $verdict ->
            [approved] Approve
           *[rejected] Reject
        } { $count ->
            [one] one request
           *[other] { $count } requests
        }, { $amount } in all?</b>
    }

    { $lines }
admin-batch-oldest = These are the oldest { $count }; the others come next.
admin-batch-line = <b>{ $number }</b> · { $member } · { $amount }
admin-left-out = <b>Left out: { $count }</b>
admin-left-out-line = { $number }: { $why ->
    [unknown] there is none of this number
    [own] your own, so another admin has to decide
    [approved] already approved
    [paid] already paid
    [rejected] already rejected
    [cancelled] cancelled
   *[changed] has changed meanwhile
}{ $named ->
    [yes] { " " }by { $admin }
   *[no] { "" }
}
admin-batch-done =
    { $count ->
        [0] <b>{ $verdict ->
            [approved] Nothing was approved
           *[rejected] Nothing was rejected
        }</b>
       *[other] <b>{ $verdict ->
            [approved] Approved
           *[rejected] Rejected
        }: { $count ->
            [one] one request
           *[other] { $count } requests
        }, { $amount } in all</b>
    }
    { $lines }
admin-ask-tracking =
    <b>Paying withdrawal { $number }</b>
    Please pay { $amount } to { $member }:
    { $destination }

    Then send the tracking code here. To stop: /cancel
notice-admin-gathered =
    <b>{ $count } updates on withdrawals</b>
    { $lines }
    { $reference_line }
gathered-withdrawal = { $state ->
    [cancelled] Request { $number } was cancelled: { $member }, { $amount }
   *[other] New request { $number }: { $member }, { $amount }
}
notice-admin-cancelled =
    { $member } has cancelled request { $number } for { $amount }.
    { $reference_line }
refused-not_a_number = { $word } is not a request number. The open ones are listed here: /pending

## Admins: purchases, refunds, corrections

command-purchase = Record a purchase
command-refund = Refund an order
command-adjust = Correct a member's account
button-admin-confirm = Yes, record it
admin-card-dropped = Cancelled. Nothing changed.
admin-purchase-buyer =
    <b>Who bought?</b>
    Tap someone, or write who it is. { -naming-people }

    All in one line works too:
    { $examples }
    The last word is the order's number if it has a digit or begins with #; other words name the product.
admin-purchase-amount =
    <b>How much did { $buyer } pay?</b>
    Buyer: { $buyer } ({ $code })
    Tap an amount, or write one.
admin-purchase-product =
    <b>What did { $buyer } buy?</b>
    Amount: { $amount }
    Tap a product, or write its name. A shop's own order number goes after it, with a #.
button-admin-purchase = Record a purchase
button-purchase-amount = { $amount }
button-purchase-choose = { $product }
button-purchase-no-product = No product
button-purchase-product = “{ $order }” belongs to the product
admin-order-numbered = numbered automatically
admin-purchase-confirm =
    <b>Record this purchase?</b>
    Buyer: { $buyer } ({ $code })
    Amount: { $amount }
    Product: { $product }
    Order: { $order }
    { $credited }
admin-unnamed-product = not named
admin-credited = Invited by { $sponsor }, who earns the commission.
admin-credited-nobody = The buyer has no inviter, so nobody earns a commission.
admin-purchase-recorded =
    { $before ->
        [yes] <b>Already recorded</b>
    No duplicate was made.
       *[no] <b>Purchase recorded</b>
    }
    { $buyer }, { $amount }, order { $order }

    { $commissions }
admin-commission-line = { $member }: { $amount }, { $state ->
    [held] held
    [pending] pending
    [available] available
    [rejected] rejected
   *[reversed] taken back in full
}{ $part ->
    [part] { $state ->
        [reversed] { "" }
       *[other] , of which { $reversed } was taken back
    }
   *[none] { "" }
}
admin-order-nobody = Nobody was credited: { $why ->
    [no_sponsor] the buyer has no inviter.
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
admin-ask-adjustment =
    { member-line }
    Please write the amount (below zero to take away) and the reason, which the member will read:
    { $example } and then the reason
    { $less } and then the reason
admin-usage-adjust =
    Please name the member, the amount (below zero to take away) and the reason, which the member will read:
    { $example } and then the reason
    { $less } and then the reason
admin-adjust-confirm =
    <b>Correct this account?</b>
    { member-line }
    By: { $amount }
    { reason-line }
    { available-now-line }
admin-adjust-recorded =
    <b>Corrected: { $amount }</b>
    Member: { $member }
    { reason-line }
    { available-now-line }
refused-nobody_found = I can't find { $word }. Try part of the name, @username or an order, or forward a message of theirs. They have to start the bot first.
refused-several_fit = Several people match { $word }. Please use @username, Telegram id or code.
refused-account_hidden = { $name } hides their account in forwarded messages. Ask them for their code (they send /id here), send their contact, or write part of their name.
refused-contact_without_account = Telegram knows no account behind the contact { $name }. Write part of their name instead, or ask them for their code: they send /id here.
refused-not_started = { $name } has not started the bot yet. Send them your link, and try again once they have.
refused-buyer_of_shop = Only the shop knows the buyer of order { $order }: they have not started the bot.
refused-nothing_written = That was empty. Please write it out.
refused-too_long = That is too long. Please use at most { $limit } characters.

## Admins: looking people and commissions up

command-member = Look someone up
button-admin-why = Why { $number }?
admin-usage-member =
    Please name someone: { $example }
    { -naming-people }
admin-matches =
    <b>Who do you mean by { $sought }?</b>
    { $people }

    Tap someone, or write more of the name.
admin-match = – { $name } ({ $handle }): { $fact }{ $blocked ->
    [yes] , has blocked the bot
   *[no] { "" }
}
admin-fact-order = bought order { $order }
admin-fact-destination = has the card or Sheba { $tail }
admin-fact-friend = invited by { $sponsor } on { $date }
admin-fact-member = member since { $date }
admin-fact-alone = came without a link
admin-pick-friend = { $sponsor }'s friend
button-admin-pick = { $name } · { $fact }
admin-person =
    <b>{ $name }</b>
    Telegram id: { $id }
    { $username }
    Invitation code: { $code }
    { $sponsor }

    { $membership }

    <b>Last orders</b>
    { $orders }

    <b>Last messages</b>
    { $messages }
admin-username = Username: { $username }
admin-no-username = Username: none
admin-came-through = Invited by { $sponsor } ({ $code }) on { $date }
admin-came-alone = Invited by: nobody, came without a link.
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
admin-no-messages = None yet.
admin-message-line = { $kind ->
    [answer] Answer
    [broadcast] Broadcast
   *[notice] Notice
}{ $named ->
    [yes] { " " }{ $reference }
   *[no] { "" }
}: { $fate ->
    [waiting] waiting to be sent
    [sending] on its way
    [sent] sent
    [blocked] not sent, the bot is blocked
    [unknown] may have arrived
    [declined] not sent, unsubscribed
    [cancelled] not sent, it was stopped
   *[failed] failed
}{ $unsure ->
    [yes] , perhaps more than once
   *[no] { "" }
}{ $failed ->
    [yes] {" "}({ $problem })
   *[no] { "" }
}, { $when }
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
    Recorded: { $date }{ $converted ->
        [yes] , converted from { $used }
       *[no] { "" }
    }

    { $commissions }
admin-step-opened = { $date }: opened the link { $link } of { $member } and { $outcome ->
    [came] came through it.
    [friend] was already their friend.
    [elsewhere] had come through someone else.
    [waiting] is under review: /aside
    [dropped] was declined by an admin.
   *[member] was already a member.
}
admin-step-joined = { $date }: joined.
admin-step-bought = { $date }: first purchase.
admin-step-no-order = Has not bought yet.
admin-why-person =
    <b>{ $name }</b> ({ $code })
    { $sponsor }

    { $steps }

    <b>Last orders</b>
    { $orders }
refused-nothing_found = I can't find a commission, an order or a person by { $word }.

## Admins: commissions

command-commissions = Commissions awaiting approval
button-admin-commissions = Commissions
button-admin-commissions-waiting = Commissions to approve: { $count }
button-admin-commission = Commission { $number }
button-admin-reject-plainly = Reject without a reason
admin-usage-commissions =
    You can write:
    { $examples }
    After the last one you can add a reason, which the member will read.
admin-commissions-none = { $approval ->
    [manual] No commissions are awaiting approval. New ones are listed here.
   *[auto] No commissions are held or pending. They need no approval here: each becomes available by itself.
}
admin-commissions =
    { $approval ->
        [manual] <b>Commissions awaiting approval: { $total }</b>
       *[auto] <b>Commissions held or pending: { $total }</b>
    They need no approval here, but can be rejected until they are available.
    }

    { $commissions }
admin-commissions-of =
    <b>Commissions of { $member }</b>
    { $commissions }
admin-commissions-none-of = No commission of { $member } is waiting.
admin-commissions-line = <b>{ $number }</b> · { $member } · { $amount } · { $origin } · { $state ->
    [held] held
   *[pending] pending, due { $until }
}
button-admin-approve-some = By member or age
button-admin-approve-member = { $member }
button-admin-approve-older = Older than { $days ->
    [one] { $days } day
   *[other] { $days } days
}
admin-approvals-by-member = <b>By member</b>
admin-approvals-line = { $member }: { $count }, { $amount }
admin-approvals-members = { $count ->
    [0] <b>No commissions to approve</b>
    [one] <b>One commission to approve, { $amount }</b>
   *[other] <b>{ $count } commissions to approve, { $amount } in all</b>
}
    { $lines }
admin-approvals-oldest = These are the oldest { $count }; the others come next.
admin-approvals-confirm =
    { $count ->
        [0] <b>None of these can be approved</b>
        [one] <b>Approve one commission, { $amount }?</b>
       *[other] <b>Approve { $count } commissions, { $amount } in all?</b>
    }

    { $lines }
admin-approvals-done =
    { $count ->
        [0] <b>Nothing was approved</b>
        [one] <b>Approved: one commission, { $amount }</b>
       *[other] <b>Approved: { $count } commissions, { $amount } in all</b>
    }
    { $lines }
admin-commissions-auto = Commissions need no approval here: each becomes available by itself.
admin-commission-own = This is your own commission, so another admin has to decide.
admin-commission-approved = An admin has approved it.
admin-ask-commission-reason =
    <b>Rejecting commission { $number }</b>
    { $member }, { $amount }

    { -ask-reason } Or reject it without one. To stop: /cancel

## Buying in the chat, and payments

command-buy = What you can buy here
button-buy = Buy { $title } · { $price }
buy-nothing = Nothing is for sale in this chat.
buy-card =
    <b>What you can buy here</b>

    { $products }
buy-landing =
    <b>This is what the link is for</b>

    { $products }
buy-line = <b>{ $title }</b> · { $price }
buy-description = { $description }
checkout-gone = No longer available. You were not charged.
checkout-price = The price has changed. Please open /buy again. You were not charged.
checkout-currency = This can't be paid just now. You were not charged.
payment-received =
    <b>Thank you!</b>
    { $product }, { $amount }
    Your receipt: { $order }
payment-given-back =
    <b>Your payment was refunded</b>
    { $product }, { $amount }
    Receipt: { $order }
admin-payment-not-recorded = { $buyer } has paid { $amount } ({ $order }), but the configuration has no rate for that currency. Set one in [exchange], restart, then record it: /purchase
admin-refund-of-unknown = { $amount } went back to { $buyer } ({ $order }), but there is no such order in the books.
admin-refund-asked =
    <b>Telegram was asked to refund the Stars to { $buyer }</b>
    Order { $order }. As soon as it confirms, the commissions are taken back.
refused-number_of_shop = Numbers that begin with { $prefix } belong to the shop or to this chat, and their orders are recorded automatically. Please write another number.
refused-stars_in_parts = Telegram refunds Stars in full or not at all. Please leave the amount out.
## Files of orders

import-rows = { $rows ->
    [one] The file has 1 row.
   *[other] The file has { $rows } rows.
}
import-found = { $orders ->
    [0] No new order is in this file.
    [one] 1 new order, { $total }
   *[other] { $orders } new orders, { $total } in all
}
import-repeated = { $orders ->
    [one] 1 order is already recorded and is skipped.
   *[other] { $orders } orders are already recorded and are skipped.
}
import-wrong = { $lines ->
    [one] 1 line has a mistake; its order is left out.
   *[other] { $lines } lines have mistakes; their orders are left out.
}
import-recorded = { $orders ->
    [0] No order was recorded.
    [one] 1 order was recorded, { $total }
   *[other] { $orders } orders were recorded, { $total } in all
}
import-own = { $orders ->
    [one] You earn from one order: another admin has to record it.
   *[other] You earn from { $orders } orders: another admin has to record them.
}
import-column = { $column ->
    [order] order
    [buyer] buyer
    [amount] amount
    [at] date
    [product] product
    [category] category
   *[quantity] quantity
}
import-problem = { $code ->
    [missing] Line { $line }: { $column } is empty.
    [not_an_amount] Line { $line }: { $value } is not an amount in { $currency }.
    [not_a_count] Line { $line }: { $value } is not a whole number above zero.
    [not_a_time] Line { $line }: { $value } is not a date.
    [too_long] Line { $line }, column { $cell }: { $column } is longer than 64 characters: { $value }
    [too_many_cells] Line { $line }, column { $cell }: { $value } has no column heading.
    [changed_number] Line { $line }, column { $cell }: the spreadsheet has changed the number { $value }. Please format this column as text, type the number again and save the file once more.
    [formula] Line { $line }, column { $cell }: { $value } is a formula or an error of the spreadsheet.
    [lost_letters] Line { $line }, column { $cell }: letters are lost in { $value }. Please save the file as CSV in UTF-8.
    [split_amount] Line { $line }: is { $value } one amount? Please write amounts without a comma between thousands.
    [too_many_lines] Line { $line }: order { $value } has too many lines.
    [unknown_buyer] Line { $line }: I don't know { $value }. Name people by invitation code, @username or Telegram id.
    [other_buyer] Line { $line }: { $value } is not the buyer in the order’s first line.
    [number_of_shop] Line { $line }: { $value } is a number of a connected shop or of this chat, whose orders are recorded automatically. Give it another number.
   *[other_content] Line { $line }: order { $value } is already recorded with another buyer or other lines.
}
import-unreadable = { $code ->
    [no_text] This file has no text that I can read.
    [no_header] The first line must name the columns: order, buyer, amount.
    [unknown_column] The first line names a column that I don't know, or one twice: { $value }
    [unclosed_quote] Line { $line }: a quotation mark (") in this row is not closed. Nothing in the file was read.
    [stray_quote] Line { $line }: text follows a closed quotation mark (") in this row. Nothing in the file was read.
    [cell_too_large] Line { $line }: a cell of this row is far too long. Nothing in the file was read.
   *[missing_column] The first line must name the columns order, buyer and amount. { $value } is missing.
}
import-lines = { $lines }
## Friends: gifts, shared links, invitations that are looked at

command-claim = My gifts and discount codes
button-gifts = My gifts
button-copy-gift = Copy the discount code
gift-at-hand = Your gift: <b>{ $title }</b>
gift-ahead = After your first purchase you get: <b>{ $title }</b>
gift-shared = { $discount } off
gift-gone = A gift
gift-title = <b>{ $title }</b>
gift-code = Discount code: { $code }
gift-text = { $text }
gift-ask = Please ask us for it.
gift-until = Valid until { $until }.
gift-used = Used on { $date }: { $code }
gift-expired = Expired on { $date }.
gift-waiting = Your code is being prepared. We'll tell you here.
gift-withheld = { $reason ->
    [known] This gift is for new friends, and you were with us before you came through the link.
    [same_account] This gift is for friends, and you and your inviter are paid to the same card or account.
   *[other] You don't get this gift.
}
gift-block =
    {""}
    { $lines }
claim-card =
    <b>Your gifts</b>
    { $gifts }
claim-nothing = You have no gifts yet. Where the shop gives any, friends get one when they come through an invitation link. To invite yours, tap below for your link.
notice-gift =
    <b>You have a gift</b>
    { $gift }
notice-gift-withheld =
    <b>No gift this time: { $title }</b>
    { $reason ->
        [known] It is for new friends, and you were with us before you came through the link.
        [same_account] It is for friends, and you and your inviter are paid to the same card or account. If that is a mistake, please tell us.
       *[other] Please ask us about it.
    }
button-split = Discount for a friend
button-split-part = { $discount } off · { $commission } you
button-split-another = Another split
share-of-nobody = Members can give part of their commission to their friends. Get your link first.
share-card =
    <b>A discount for your friends</b>
    You have { $budget } of each purchase to share. Part of it is your friend's discount; the rest is your commission.

    How much should your friend get? Each choice is a separate link with a fixed split.
share-link-card =
    <b>{ $discount } for your friend, { $commission } for you</b>
    { $link }
    Code: { $code }

    { $kind ->
        [none] Whoever comes through this link gets no discount from you; you earn { $commission } of what they buy.
       *[some] Whoever comes through this link gets a code for { $discount } off, once; you earn { $commission } of what they buy.
    }
aside-waiting = Your invitation by { $inviter } is under review. This is a routine check; we'll tell you here.
aside-dropped-before = Your invitation by { $inviter } was reviewed and does not count. Another friend can invite you.
aside-before-joining = Your invitation is under review. After that you can get a link of your own; we'll tell you here.
notice-aside =
    <b>One of your invitations is under review</b>
    { $friend } opened your link. { $reason ->
        [burst] More friends than usual came within an hour, so we check first, and those who come next, too.
        [ring] Nobody in the line above you has bought or sold anything yet, so we check first.
        [one_account] A payout account in your line has to be checked first.
       *[other] We check first.
    } Nothing is lost: if all is well it counts, and we'll tell you.
notice-released-friend = Your invitation was reviewed and counts: { $inviter } invited you.
notice-released-too-late = Your invitation by { $inviter } was reviewed, but you came through someone else meanwhile, and that won't change.
notice-dropped-friend =
    Your invitation by { $inviter } was reviewed and does not count.
    { reason-line }
notice-dropped-member =
    { $count ->
        [one] Your invitation of { $friend } was reviewed and does not count.
       *[other] { $count } of your invitations, including that of { $friend }, were reviewed and do not count.
    }
    { reason-line }
notice-admin-aside =
    <b>Invitations to review</b>
    { $friend } came through { $member }. { $reason ->
        [burst] More friends of this member than usual have come within an hour.
        [ring] The members in this line bring one another, and none of them has bought or sold anything.
        [one_account] Two members in this line are paid to the same card or account.
       *[other] Please review it.
    }
    More of the same are added to the list without a message: /aside
command-aside = Invitations to review
button-admin-asides = Invitations to review: { $count }
button-admin-asides-list = Invitations to review
button-admin-aside = Invitation { $number }
button-admin-release = Accept
button-admin-leave-out = Decline
button-admin-release-all = Accept all { $count } of this member
button-admin-leave-out-all = Decline all { $count }
toast-admin-aside = { $decision ->
    [released] Accepted: { $count }
   *[dropped] Declined: { $count }
}
admin-aside-decided = { $decision ->
    [released] { $count ->
        [one] The invitation counts from now on.
       *[other] { $count } invitations count from now on.
    }
   *[dropped] { $count ->
        [one] The invitation does not count. Both have been told the reason.
       *[other] { $count } invitations do not count. All have been told the reason.
    }
}
admin-asides-none = No invitations to review.
admin-asides =
    <b>Invitations to review: { $total }</b>

    { $asides }
admin-asides-line = <b>{ $number }</b>: { $friend } through { $member }, { $reason ->
    [burst] many at once
    [ring] a line that neither buys nor sells
    [one_account] one account for two
   *[other] to be reviewed
}
admin-aside =
    <b>Invitation { $number }</b>
    Friend: { $friend } ({ $friend_code })
    Member: { $member } ({ $member_code })
    Link opened: { $date }

    { $reason ->
        [burst] More friends of this member came within an hour than the settings call usual.
        [ring] Above the friend there are only members who brought one another, and none of them has bought anything or sold anything to friends.
        [one_account] Two of the members above the friend are paid to the same card or Sheba.
       *[other] Please review it.
    }
    { $decision ->
        [released] Accepted: it counts.
        [dropped] Declined: it does not count.
       *[none] Until you decide, the friend has no inviter, and their purchases earn nobody a commission.
    }
admin-ask-aside-reason = { $count ->
    [one] Why does the invitation of { $friend } by { $member } not count? Both will read the reason. To stop: /cancel
   *[other] Why do { $count } invitations by { $member } not count? All of them will read the reason. To stop: /cancel
}
admin-usage-aside =
    You can write:
    { $examples }
refused-unknown_aside = There is no invitation { $number } to review.
refused-aside_decided = This invitation has already been decided.
refused-own_aside = You can't decide on your own invitations. Another admin has to.

## Shops

command-shop = Link my account at the shop
button-copy-token = Copy token
shop-token =
    <b>Your account at the shop</b>
    Enter this token once at the shop, in the referral code field or where the checkout asks for it:
    { $token }
    From then on your purchases there count as yours here. The token is valid for a day and for one account; your inviter stays the same.
admin-wrong-secret = { $reason ->
    [wrong_secret]
        <b>Requests with a wrong secret keep coming: { $shop }</b>
        They are refused, so no order in them is recorded. If they are your shop’s own, compare the secret it shows with the one under [shops] in the configuration. If not, someone is guessing: a secret of 16 characters or more cannot be guessed.
    [wrong_signature]
        <b>Webhooks with a wrong signature keep coming: { $shop }</b>
        They are refused, so no order in them is recorded, and WooCommerce switches a webhook off after five refusals in a row. Compare the webhook’s Secret in WooCommerce (Settings, Advanced, Webhooks) with the one under [shops] in the configuration; letters and digits alone are safest. A service in between that rewrites the body breaks the signature, too.
   *[other]
        <b>Webhooks without a readable signature keep coming: { $shop }</b>
        They are refused, so no order in them is recorded, and WooCommerce switches a webhook off after five refusals in a row. Look at the webhook’s Secret in WooCommerce (Settings, Advanced, Webhooks), and whether a web server in between drops the header X-WC-Webhook-Signature.
}
    Last from { $address }

admin-shop-problems =
    <b>{ $count } orders of { $shop } are like this one</b>
    { $orders }
shop-problem-order = { $order }

admin-shop-problem = { $kind ->
    [no_rate]
        <b>An order was not recorded: { $order }</b>
        It is over { $total }, and [exchange] in the configuration has no rate for that currency. With a rate set and the bot started again the shop can send it once more.
    [worthless]
        <b>An order was not recorded: { $order }</b>
        In the programme’s currency its amount comes to zero, or is too large to record.
    [conflict]
        <b>An order was not recorded: { $order }</b>
        There is another order of this number with other content.
    [unreadable]
        <b>An order could not be read: { $order }</b>
        What the shop { $shop } sent about it is not as expected: { $reason }
        Where the shop’s keys are configured it is asked for again each hour. <code>moaref shop problems</code> lists what is open.
    [more_left]
        <b>Please look at the order { $order }</b>
        More of it is left at the shop { $shop } than is recorded: a refund was taken back, a cancelled order revived or something added. What was taken back from members stays so; what they are owed can be recorded with /purchase
    [currency_changed]
        <b>Please look at the order { $order }</b>
        It was recorded in { $recorded }, and the shop { $shop } has it in { $currency } by now. Commissions stay as they are; what is refunded from now on counts as its part of the whole. If the amount was changed as well, record that with /refund or /adjust
    [late_friend]
        <b>Please look at the order { $order }</b>
        Its buyer has become a friend of { $sponsor } by a code or an account that was added later. The order was recorded before that, so nobody earned from it; what they buy from now on counts. If the inviter is to have something for this order, too, use /adjust
    [child_given_back]
        <b>Please look at the order { $order }</b>
        The shop { $shop } refunded or cancelled it. It is a part of { $parent }, whose commissions stay as they are until the shop refunds that order, too. If it will not, record the amount with /refund
    [number_taken]
        <b>An order was not recorded: { $order }</b>
        The books have another order of this number, typed in by hand or out of a file. If it is the same purchase, record its refunds with /refund as they come. If it is another one, record the shop’s order with /purchase under a number that does not begin with the shop’s name.
    [reward_twice]
        <b>Please look at the order { $order }</b>
        The shop { $shop } took a friend’s discount code that was used for another order before.
    [reward_of_another]
        <b>Please look at the order { $order }</b>
        The shop { $shop } took a friend’s discount code that was given to someone other than the buyer.
    [deleted]
        <b>Please look at the order { $order }</b>
        The shop { $shop } has deleted it. Commissions stay as they are; if the money went back, record it with /refund
   *[other]
        <b>Please look at the order { $order }</b>
        What the shop { $shop } said about it could not be recorded.
}

admin-shop-problems-none = No order of a shop needs a look.
admin-shop-problem-list =
    <b>Shop problems: { $total }</b>

    { $problems }
button-admin-shop-problem-settled = Done: { $order }
toast-admin-shop-problem-settled = Taken from the list.

## Pages of the web

web-unknown-title = This link is not known
web-unknown = The code in it belongs to nobody, or was mistyped. Ask your friend to send it again.
web-to-the-bot = Open the bot
## Admins: broadcasts

command-broadcast = Write to many people at once
button-admin-broadcasts = Broadcasts
button-broadcast = Broadcast { $number }
button-broadcast-new = New broadcast
button-broadcast-write = Text in { $language }
button-broadcast-audience = Recipients
button-broadcast-drop-photo = Without the photo
button-broadcast-preview = Preview
button-broadcast-test = Test to myself
button-broadcast-start = Send
button-broadcast-drop = Delete
button-broadcast-confirm = Yes, send it now
button-broadcast-pause = Pause
button-broadcast-resume = Resume
button-broadcast-refresh = Refresh
button-broadcast-cancel = Stop
button-broadcast-cancel-yes = Yes, stop it
button-broadcast-language = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $readers ->
    [some] { $language }
   *[any] All languages
}
button-broadcast-rank = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $ranked ->
    [yes] { $rank }
   *[no] All ranks
}
button-broadcast-activity = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $value ->
    [active7] Here within 7 days
    [active30] Here within 30 days
    [away30] Away for 30 days
    [joined] Members
    [not_joined] Not members
    [bought] Have bought
    [never_bought] Have never bought
   *[any] Anyone
}
admin-usage-broadcast =
    You can write:
    { $examples }
admin-broadcasts-none = No broadcasts yet. One goes to everybody who has started the bot, or to some of them.
admin-broadcasts =
    <b>Broadcasts: { $total }</b>

    { $broadcasts }
admin-broadcast-line = <b>{ $number }</b> · { $author } · { $date } · { $state ->
    [draft] not sent yet
    [running] being sent: { $sent } of { $people }
    [paused] paused: { $sent } of { $people }
    [cancelled] stopped: { $sent } of { $people }
   *[done] sent: { $sent } of { $people }
}
admin-broadcast-draft =
    <b>Broadcast { $number }: not sent yet</b>
    { audience-line }
    { people-line }
    { $texts }
    { pace-line }
admin-broadcast-texts = { $written ->
    [all] Text: in { $languages }
    [some] Text: in { $languages }, also for { $others } speakers
   *[none] Text: none yet
}{ $photo ->
    [yes] , with a photo
   *[no] { "" }
}
admin-broadcast-to = { $readers ->
    [some] { $language } speakers
   *[any] { $activity ->
        [joined] all members
       *[other] everybody
    }
}{ $ranked ->
    [yes] { "" } of the rank { $rank }
   *[no] { "" }
}{ $activity ->
    [active7] , here within 7 days
    [active30] , here within 30 days
    [away30] , away for 30 days
    [joined] { $readers ->
        [some] , members
       *[any] { "" }
    }
    [not_joined] , not members
    [bought] , who have bought
    [never_bought] , who have never bought
   *[any] { "" }
}
admin-duration = { $unit ->
    [seconds] { $count ->
        [one] about { $count } second
       *[other] about { $count } seconds
    }
    [minutes] { $count ->
        [one] about { $count } minute
       *[other] about { $count } minutes
    }
   *[hours] { $count ->
        [one] about { $count } hour
       *[other] about { $count } hours
    }
}
admin-broadcast-ask-text =
    <b>Broadcast { $number }</b>
    Please send the text in { $language }. Bold, links and the like stay as you write them. A photo may come with the text as its caption. To stop: /cancel
admin-broadcast-preview = <b>For { $language } speakers:</b>
admin-broadcast-audience =
    <b>Who gets broadcast { $number }?</b>
    { audience-line }
    { people-line }
admin-broadcast-confirm =
    <b>Send broadcast { $number } now?</b>
    { audience-line }
    People: { $people }
    { pace-line }

    This can't be undone.
admin-broadcast-cancel =
    { $state ->
        [draft] <b>Delete broadcast { $number }?</b>
    It has not been sent to anyone.
       *[other] <b>Stop broadcast { $number }?</b>
    { $sent } already have it. Nobody else will get it. This can't be undone.
    }
admin-broadcast-dropped = Draft { $number } is deleted.
admin-broadcast =
    <b>Broadcast { $number } { $state ->
        [running] is being sent
        [paused] is paused
        [cancelled] was stopped
       *[done] has been sent
    }{ $gathered ->
        [yes] : { $done } of { $people }
       *[no] { "" }
    }</b>
    { audience-line }
    { $lines }
admin-broadcast-count = { $kind ->
    [sent] Sent: { $count }
    [blocked] Have blocked the bot: { $count }
    [failed] Refused by Telegram: { $count }
    [unknown] May have arrived, not repeated: { $count }
    [declined] Unsubscribed: { $count }
   *[left] Not sent: { $count }
}
admin-broadcast-left = Still to go: { $count }, { $duration }
admin-broadcast-gathering = People are still being gathered.
refused-unknown_zone = I don't know the time zone { $word }. Please write a city in English, such as /settings Tokyo
refused-unknown_broadcast = There is no broadcast { $word }. All of them are listed here: /broadcast
refused-nothing_to_send = This broadcast has no text yet. Please write it first.

## Broadcasts, as people get them

button-broadcast-stop = Stop these messages
button-broadcasts-again = Get them again
broadcasts-stopped =
    Announcements are off for you.
    You'll still hear about your own account.
broadcasts-again = Announcements are on for you again.

command-import = Record a file of orders
button-import-record = Record { $orders ->
    [one] 1 order
   *[other] { $orders } orders
}
button-import-drop = Don't import
admin-import-usage =
    <b>Orders from a file</b>
    Send the file here, as CSV. Its first line names the columns: order, buyer, amount; and where there are any, date, product, category, quantity.
    { $example }

    I check it first and record nothing until you confirm. The same order counts only once.
admin-import-looking = I am checking { $name }.
admin-import-found =
    <b>{ $name }</b>
    { $lines }
admin-import-begun = I am recording the orders. This card shows the progress.
admin-import-dropped = Nothing was recorded.
admin-import-progress =
    <b>Recording: { $part }</b>
    { $lines }
admin-import-done = { admin-import-found }
import-file-gone = Telegram no longer has this file. Please send it again.
refused-file_too_large = Telegram gives me files of up to { $megabytes } MB. Please split it, or use moaref import on the server.

## Admins: suspending and reinstating members

command-suspend = Suspend a member
command-reinstate = Reinstate a suspended member
button-admin-suspend = Suspend
button-admin-suspend-member = Suspend the member
button-admin-reinstate = Reinstate
button-admin-suspend-confirm = Yes, suspend
button-admin-reinstate-confirm = Yes, reinstate
admin-usage-suspend =
    Please name the member and the reason, which the member will read:
    { $example } and then the reason
admin-usage-reinstate =
    Please name the member, and a reason if you like:
    { $example }
admin-ask-suspension-reason =
    <b>Suspending { $member }</b>
    { $means }

    { -ask-reason } To stop: /cancel
admin-membership-confirm =
    <b>{ $act ->
        [suspend] Suspend this member?
       *[reinstate] Reinstate this member?
    }</b>
    { member-line }
    { reason-line }

    { $means }
admin-membership-done =
    <b>{ $act ->
        [suspend] Suspended
       *[reinstate] Reinstated
    }</b>
    { member-line }
    { reason-line }
suspension-sales = – What their friends buy pays nobody, neither them nor anyone above.
suspension-levels = – Their part of what the team sells { $unqualified ->
    [hold] is held until they are reinstated{ $chain ->
        [yes] , and so is that of everybody above them
       *[no] {""}
    }.
    [house] is paid to nobody{ $chain ->
        [yes] , nor is that of everybody above them
       *[no] {""}
    }.
    [seller] stays with the seller.
   *[compress] goes to the next qualified member above.
}
suspension-pairing = – Periods that close meanwhile pay them nothing; their volumes go on.
suspension-balance = – What they have stays theirs: { $available } available, { $pending } pending, { $held } held. They cannot withdraw it.
suspension-requests = – { $count ->
    [one] One request over { $amount } stays open: pay it or reject it.
   *[other] { $count } requests over { $amount } stay open: pay them or reject them.
}
suspension-told = { $act ->
    [suspend] – The member is told at once, with the reason. What is missed meanwhile is not made up for later.
   *[reinstate] – The member is told at once.
}
reinstating-sales = – What their friends buy from now on pays again. What was missed meanwhile is not made up for.
reinstating-held = – What is held for them ({ $held }) is released where nothing else holds it.
reinstating-available = – They can withdraw again: { $available } is available.
refused-suspended_already = This membership is already suspended.
refused-not_suspended = This membership is not suspended.

## Admins: what others did by hand

notice-by-hand =
    <b>Done by hand: { $count }</b>
    { $lines }
admin-summary-by-hand =
    {""}
    <b>Done by hand</b>
by-hand-shell = { $user } (on the server)
by-hand-line = – { $actor } { $kind ->
    [adjusted] corrected the account of { $whom } by { $amount }.
    [purchased] recorded order { $name } of { $whom } for { $amount }.
    [refunded] refunded { $amount } of order { $name } of { $whom }.
    [commission_approved] approved a commission of { $whom }: { $amount }, { $name }.
    [commission_rejected] rejected a commission of { $whom }: { $amount }, { $name }.
    [approved] approved request { $name } of { $whom } for { $amount }.
    [paid] paid request { $name } of { $whom }: { $amount }.
    [rejected] rejected request { $name } of { $whom } for { $amount }.
    [suspended] suspended { $whom }.
    [reinstated] reinstated { $whom }.
    [attributed] made { $whom } a friend of { $name }.
   *[programme] changed the programme.
}
by-hand-total = – { $actor }: { $kind ->
    [adjusted] accounts corrected: { $count }, { $amount } in all
    [purchased] orders recorded: { $count }, { $amount }
    [refunded] refunds: { $count }, { $amount }
    [commission_approved] commissions approved: { $count }, { $amount }
    [commission_rejected] commissions rejected: { $count }, { $amount }
    [approved] requests approved: { $count }, { $amount }
    [paid] requests paid: { $count }, { $amount }
    [rejected] requests rejected: { $count }, { $amount }
    [suspended] members suspended: { $count }
    [reinstated] members reinstated: { $count }
    [attributed] friends given to members: { $count }
   *[programme] changes of the programme: { $count }
}
admin-refund-asked-by = { $actor } has asked Telegram to refund the Stars of order { $order } to { $buyer }.

## The first admin, while the bot is being set up

init-admin =
    You are the owner of { $bot } now. Finish the set-up on your computer and start the bot, then send /admin here.

## Owners: admins

command-admins = Admins: list, add, remove
button-admins = Admins
button-admins-add = Add an admin
button-admins-remove = Remove { $name }
button-admins-confirm-add = Yes, make them an admin
button-admins-confirm-remove = Yes, remove
admins-card =
    <b>Admins</b>
    { $lines }
admins-owner = – { $name }, owner
admins-added = – { $name }, since { $since }, added by { $owner }
admins-ask =
    <b>Who should become an admin?</b>
    Send their @username, Telegram id or invitation code. They need to have started the bot.
admins-confirm-add =
    <b>Make { $name } an admin?</b>
    Code: { $code }
    Admins see all members, record purchases, and approve and pay withdrawals. Rates, offers and admins stay with owners.
admins-confirm-remove =
    <b>Remove { $name } as an admin?</b>
    Code: { $code }
    They will no longer see the admins’ pages or get requests.
admins-done = { $act ->
    [removed] { $name } is no longer an admin. We’ve told them.
   *[added] { $name } is an admin now. We’ve told them.
}
admins-told = { $act ->
    [removed] { $owner } removed { $name } as an admin.
   *[added] { $owner } made { $name } an admin.
}
admins-you-are =
    <b>You are an admin now</b>
    { $owner } added you. /admin shows what you can do.
admins-you-were = You are no longer an admin: { $owner } removed you.
refused-owners_only = Only owners can do that. Owners are named in the settings file.
refused-admin_already = { $person } is already an admin.
refused-no_admin = { $person } is not an admin.
refused-owner_stays = { $person } is an owner. Owners are named in the settings file and can’t be removed here.

## Owners: offers and rates

command-offer = Offers: a special rate for some time
command-rate = Rates of ranks, products and categories
button-offer-list = Offers
button-rate-list = Rates
button-offer-new = New offer
button-offer-end = End { $name }
button-offer-sellers = Only for some sellers
button-offer-thing = { $kind ->
    [category] Category: { $name }
   *[product] { $name }
}
button-offer-choice = { $part ->
    [things] Everything
    [starts] { $choice ->
        [now] Now
        [tomorrow] Tomorrow
       *[week] In a week
    }
    [ends] { $choice ->
        [day] One day
        [days] 3 days
        [week] A week
        [month] 30 days
       *[never] No end
    }
   *[title] Without a title
}
offer-list =
    <b>Offers</b>
    { $lines }

    You can also write it in one line:
    { $examples }
offer-none = There are no offers right now.
offer-sellers = – only for { $count } { $count ->
    [one] seller
   *[other] sellers
}
offer-without-end = – no end date
offer-ask-rate =
    <b>New offer: how much does it pay?</b>
    Send a percentage like 30%, or an amount for each unit sold.
offer-ask-things =
    <b>What is it for?</b>
    Pick one, or send several separated by commas. A product of your shop that isn’t listed: product:ID
offer-ask-starts =
    <b>When does it start?</b>
    Pick one, or send a date like 2026-03-21, 21 March or 1405/1/1. Add a time if you like: 18:00
offer-ask-ends =
    <b>How long does it last?</b>
    Pick one, or send its last day, like 2026-04-02. With a time it ends at that time.
offer-ask-title =
    <b>What should people call it?</b>
    A short title, like Nowruz offer.
offer-ask-sellers =
    <b>Who is it for?</b>
    Send the sellers’ @usernames, Telegram ids or invitation codes.
offer-new-head = <b>New offer: { $name }</b>, { $rate }
offer-end-head = { $begun ->
    [yes] <b>End the offer “{ $name }” now</b>
   *[no] <b>Drop the offer “{ $name }”</b>, which has not started
}
rate-list =
    <b>Rates</b>
    { $lines }

    You can also write it in one line:
    { $examples }
rate-line = { $of ->
    [rank] Rank { $name }: { $rate }
    [product] Product { $name }: { $rate }
   *[category] Category { $name }: { $rate }
}
button-rate-change = { $of ->
    [rank] Rank: { $name }
    [product] Product: { $name }
   *[category] Category: { $name }
}
button-rate-new = Another product or category
button-rate-drop = Remove this rate
rate-ask =
    { $of ->
        [rank] <b>New rate of the rank { $name }</b>
        [product] <b>New rate of the product { $name }</b>
       *[category] <b>New rate of the category { $name }</b>
    }
    Send a percentage like 20%, or an amount for each unit sold.
rate-ask-thing =
    <b>Which product or category?</b>
    Send its name. One that I don’t know yet: product:ID or category:ID
rate-new-head = { $of ->
    [rank] <b>Rank { $name }: { $rate }</b>
    [product] <b>Product { $name }: { $rate }</b>
   *[category] <b>Category { $name }: { $rate }</b>
}
rate-drop-head = { $of ->
    [product] <b>Product { $name }: no rate of its own</b>
   *[category] <b>Category { $name }: no rate of its own</b>
}
proposal-card = { $lines }
proposal-moved = The programme was changed meanwhile. Please look again.
proposal-changes = <b>What changes</b>
proposal-change = – { $key }: { $before } → { $after }
proposal-none = (none)
proposal-warnings = <b>Please note</b>
proposal-warning-dear = ⚠️ One order could pay out { $share } of its total.
proposal-warning-cheap-joining = ⚠️ A product that joins and costs less than { $least } pays out more than it brings in.
proposal-warning-deep-pairing = ⚠️ An order counts for everyone above it, { $share } each. Where { $members } of them match it, it pays more than its total.
proposal-warning-signup-bonus = ⚠️ Members of the rank { $rank } are paid for each member they bring, even if nobody buys.
proposal-warning-recruiting-bonus = ⚠️ The rank { $rank } pays for bringing members, without a single sale.
proposal-warning-pairing-members = ⚠️ Pairing pays for members who join, even if nobody buys.
proposal-warning-pyramid = ⚠️ Joining costs money and bringing members earns money: together that is a pyramid scheme, which many countries forbid.
proposal-warning-forgotten-percent = ⚠️ { $rate } is very little. Did you mean a percentage?
proposal-warning-overlap = ⚠️ It runs at the same time as { $offer }. For the same product the higher rate counts.
button-proposal-confirm = Yes, apply it
proposal-done =
    <b>In force from now on</b>
    { $file ->
        [same] The settings file has it, too.
        [differs] The settings file has it, too, but differs from what is in force in other places: “moaref programme apply” shows them.
       *[unchanged] The settings file could not be changed. Please make the same change there, or the next “moaref programme apply” will undo it.
    }
refused-not_a_rate = I can’t read that rate. Send a percentage up to 100%, like 30% or 12.5%, or an amount for each unit sold.
refused-rate_unclear = { $number }%, or { $number } { $currency } for each unit? Please write it with its sign.
refused-unknown_thing = I don’t know { $word }. For a new product or category send product:ID or category:ID.
refused-mixed_things = An offer is for products or for categories, not both.
refused-not_a_date = I can’t read that date. Send one like 2026-03-21, 21 March, 1405/1/1 or tomorrow.
refused-no_such_date = There is no such day or time: { $word }
refused-year_unclear = Please write the year first, with all four digits: 2026-03-21 or 1405/1/1.
refused-offer_starts_in_past = That is in the past. An offer can start now or later.
refused-offer_ends_first = It would end before it starts. Please send a later day.
refused-offer_is_over = That offer would be over already. Please choose a later end.
refused-gone_meanwhile = There is nothing to change: it is already like that, or no longer there.
refused-no_programme = The programme does not allow this: { $problem }
refused-programme_moved = The programme was changed meanwhile. Please look again.
refused-rank_needs_rate = A rank always has a rate. You can only change it.
