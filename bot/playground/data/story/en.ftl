### The story in English: who is in it, what each step is called, what people write, and what is said at its end. Plain text.

name-nader = Nader
name-babak = Babak
name-sara = Sara
name-maryam = Maryam
name-karim = Karim
name-hamid = Hamid
name-ali = Ali

step-first-link = Nader asks for his link and becomes a member
step-upline = Babak, Sara and Maryam join, each through the one before
step-friend = Karim opens Maryam's link and sees who invited him
step-other-link = Karim opens Nader's link, too: the first invitation stays
step-own-link = Nader opens his own link, and is told whom it is for
step-purchase = Hamid, an admin, records what Karim bought: the seller and the upline are credited
step-same-order = The same order once more: it counts once
step-balances = Maryam looks at her balance, at her history, and asks why
step-explained = An admin asks about the order, and about Karim
step-request = Maryam asks for her money, question by question
step-approval = Ali approves it; Hamid, who comes too late, is told so
step-payment = Ali pays it, and Maryam gets the receipt
step-one-line = Sara asks for hers in one line
step-rejection = Ali rejects it, and the money is Sara's again
step-cancellation = Babak asks for his, and takes the request back
step-refund = Karim sends half of it back: commissions are taken back, below zero if need be
step-correction = Hamid corrects Maryam's account by hand
step-language = Nader goes on in the other language

product = shoes
reason-of-rejection = The account is in another name.
reason-of-correction = A present for the new year

bot = bot
bot-to = bot to { $name }
number = { $number }.
edited = changed
photo = picture
alert = alert
toast = note
title = A day of the programme
came-right = Every step came out right, and no call broke the platform's contract.
proved = The books are proved: { $events } events replayed, { $transfers } transfers, { $members } members.
kept = The store is kept: moaref verify --store { $url }
page-open = Moaref on three phones: { $url }
page-end = Ctrl-C ends it. The same in the terminal, as a story: moaref demo --script
next = Your own: moaref init writes a configuration, moaref run starts the bot.
