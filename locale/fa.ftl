### متن‌های فارسی. هر متن HTML تلگرام است، مگر پیام‌های toast- و button- و command- و refused- که متن ساده‌اند.
### Arguments are typed by the program (bot/kit/formatting.py): they come escaped, with digits and direction set.

# An isolate keeps the slash on the left of a command's name.
-cancel = { "\u2066" }/cancel{ "\u2069" }
-done = { "\u2066" }/done{ "\u2069" }
-help = { "\u2066" }/help{ "\u2069" }
-pending = { "\u2066" }/pending{ "\u2069" }
-broadcast = { "\u2066" }/broadcast{ "\u2069" }
-settings-of-a-city = { "\u2066" }/settings Tokyo{ "\u2069" }

## Currencies, as they follow an amount

currency-IRT = تومان
currency-IRR = ریال
currency-XTR = ستاره
currency-USD = دلار
currency-EUR = یورو
currency-GBP = پوند
currency-AED = درهم
currency-TRY = لیر
currency-IQD = دینار عراق
currency-KWD = دینار کویت
currency-AFN = افغانی
currency-RUB = روبل
currency-CAD = دلار کانادا
currency-AUD = دلار استرالیا
currency-JPY = ین
currency-CNY = یوان
chart-compact = { $scale ->
    [thousand] { $number } هزار
    [million] { $number } میلیون
    [billion] { $number } میلیارد
    [trillion] { $number } تریلیون
   *[one] { $number }
}

## Titles of what the programme names by ids

# The first rank, where the configuration gives it no title.
title-first-rank = پایه
# As the shell shows it.
shell-amount = { $amount }
# An offer that is made in the chat without a title.
title-offer = پیشنهاد ویژه
# As admins read it.
title-and-id = { $title } ({ $id })

## Dates: pieces of other texts

month-jalali = { $month ->
    [1] فروردین
    [2] اردیبهشت
    [3] خرداد
    [4] تیر
    [5] مرداد
    [6] شهریور
    [7] مهر
    [8] آبان
    [9] آذر
    [10] دی
    [11] بهمن
   *[12] اسفند
}
month-gregorian = { $month ->
    [1] ژانویهٔ
    [2] فوریهٔ
    [3] مارس
    [4] آوریل
    [5] مهٔ
    [6] ژوئن
    [7] ژوئیهٔ
    [8] اوت
    [9] سپتامبر
    [10] اکتبر
    [11] نوامبر
   *[12] دسامبر
}
date-in-words = { $day } { $month } { $year }
date-without-year = { $day } { $month }
date-with-time = { $day }، ساعت { $time }

## Lines that several cards share

reason-line = دلیل: { $reason }
destination-line = به: { $destination }
tracking-line = کد پیگیری: { $tracking }
member-line = همکار فروش: { $member } ({ $code })
available-now-line = الان قابل برداشت: { $available }
audience-line = گیرندگان: { $audience }
pace-line = با سرعت { $rate } پیام در ثانیه: { $duration }
-naming-people = افراد با بخشی از نام، نام کاربری همراه با @، شناسهٔ عددی تلگرام، کد دعوت، شمارهٔ سفارش یا چهار رقم آخر کارتشان پیدا می‌شوند. می‌توانید پیامی از آن‌ها را فوروارد کنید یا مخاطبشان را بفرستید.
people-line = تعداد: { $people }{ $blocked ->
    [0] { "" }
   *[other] ، که { $blocked } نفرشان ربات را مسدود کرده‌اند
}

## Answers to what no feature expects

unknown-command = این دستور را نمی‌شناسم. دستورها را اینجا ببینید: { -help }
unknown-text = متوجه نشدم. یکی از دکمه‌های زیر را بزنید یا راهنما را ببینید: { -help }
forwarded-text = اینجا پیام فورواردشده یا کارت ربات‌های دیگر را نمی‌خوانم. لطفاً خودتان بنویسید.
text-expected = لطفاً پاسخ را به صورت متن بنویسید. برای انصراف: { -cancel }
dialogue-expired = مهلت آن پرسش گذشته بود و پاسختان ثبت نشد. لطفاً دوباره شروع کنید.
dialogue-cancelled = لغو شد. چیزی تغییر نکرد.
dialogue-nothing-to-cancel = کار نیمه‌تمامی ندارید.
group-talk-in-private =
    لطفاً در گفتگوی خصوصی به من پیام بدهید:
    { $link }
command-cancel = انصراف

## Buttons and cards that cannot be taken

refused-old_button = این دکمه قدیمی است. لطفاً دوباره شروع کنید.
refused-not_yours = این دکمه برای شما نیست.
refused-draft_gone = این درخواست دیگر معتبر نیست. لطفاً دوباره شروع کنید.
refused-draft_used = این کار قبلاً انجام شده است.

## Amounts that cannot be taken

refused-not_an_amount = مبلغ را متوجه نشدم. لطفاً با رقم بنویسید، مثلاً ۱۵۰۰۰ یا ۱۵ هزار.
refused-negative_amount = مبلغ باید بیشتر از صفر باشد.
refused-zero_amount = مبلغ نمی‌تواند صفر باشد.
refused-fractional_amount = مبلغ به { $currency } این‌قدر اعشار ندارد. لطفاً عدد را گرد کنید.
refused-ambiguous_amount = این مبلغ دو معنی می‌دهد. لطفاً بدون جداکنندهٔ هزارگان بنویسید و برای اعشار نقطه بگذارید.
refused-amount_too_large = این مبلغ خیلی بزرگ است.
refused-wrong_unit = اینجا مبلغ‌ها به { $currency } است، نه { $found }. لطفاً به { $currency } بنویسید.

## Cards and Shebas that cannot be taken

refused-not_digits = لطفاً فقط شمارهٔ کارت (۱۶ رقم) یا شمارهٔ شبا (IR و ۲۴ رقم) را بفرستید.
refused-unknown_country = این شماره با { $country } شروع می‌شود. فقط به حساب‌های ایرانی واریز می‌کنیم که شبای آن‌ها با IR شروع می‌شود.
refused-wrong_length = شماره‌ای که فرستادید { $got } رقم دارد. شمارهٔ کارت ۱۶ رقم دارد و شمارهٔ شبا ۲۴ رقم بعد از IR.
refused-wrong_sheba_length = شمارهٔ شبا بعد از IR باید ۲۴ رقم داشته باشد، اما شماره‌ای که فرستادید { $got } رقم دارد.
refused-wrong_check_digits = شمارهٔ شبای { $masked } درست نیست: یک رقم اشتباه یا جابه‌جاست. لطفاً دوباره وارد کنید.
refused-wrong_card_number = شمارهٔ کارت { $masked } درست نیست: یک رقم اشتباه یا جابه‌جاست. لطفاً دوباره وارد کنید.

## What the programme's rules do not allow

refused-unknown_member = این فرد همکار فروش نیست.
refused-already_member = این فرد از قبل همکار فروش است.
refused-self_referral = این لینک خودتان است و خودتان نمی‌توانید معرف خودتان باشید. آن را برای دوستانتان بفرستید.
refused-conflict = این شماره قبلاً با مشخصات دیگری ثبت شده است. چیزی تغییر نکرد.
refused-unknown_order = سفارشی با شمارهٔ { $order } پیدا نشد.
refused-over_refund = از این سفارش فقط { $left } را می‌شود برگرداند.
refused-unknown_commission = چنین پورسانتی پیدا نشد.
refused-already_settled = { $state ->
    [approved] این مورد قبلاً تأیید شده است.
    [paid] این مورد قبلاً پرداخت شده است.
    [rejected] این مورد قبلاً رد شده است.
    [cancelled] این مورد قبلاً لغو شده است.
    [available] این مورد همین حالا قابل برداشت است.
    [reversed] این مورد قبلاً کامل برگشت خورده است.
   *[other] دربارهٔ این مورد قبلاً تصمیم گرفته شده است.
}
refused-suspended = این عضویت تعلیق شده است. لطفاً از مدیر بپرسید.
refused-below_minimum = حداقل مبلغ برداشت { $minimum } است.
refused-insufficient_funds = موجودی کافی نیست؛ الان تا { $available } می‌توانید برداشت کنید.
refused-too_many_open_requests = { $count ->
    [0] درخواست قبلی شما هنوز باز است. بعد از پرداخت، رد یا لغو آن می‌توانید درخواست تازه بدهید.
    [one] درخواست قبلی شما هنوز باز است. بعد از پرداخت، رد یا لغو آن با { -cancel-withdrawal } می‌توانید درخواست تازه بدهید.
   *[other] الان { $count } درخواست باز دارید و بیشتر از این نمی‌شود. بعد از پرداخت، رد یا لغو یکی از آن‌ها می‌توانید درخواست تازه بدهید.
}
refused-too_many_requests = در یک ساعت گذشته { $count } درخواست داده‌اید. درخواست بعدی را از { $at } می‌توانید بدهید.
refused-unknown_withdrawal = چنین برداشتی پیدا نشد.
refused-programme_change = تنظیم { $key } را نمی‌شود این‌طور تغییر داد.
refused-not_approved = این برداشت هنوز تأیید نشده است؛ اول باید تأیید شود.
refused-own_request = درخواست خودتان را باید مدیر دیگری بررسی کند.
refused-own_account = حساب خودتان را باید مدیر دیگری اصلاح کند.
refused-destination_changed = پرداخت نمی‌شود: کارت یا شبای آن خوانده نمی‌شود یا همانی نیست که همکار فروش داده بود. لطفاً ردش کنید؛ دستور moaref verify روی سرور بیشتر می‌گوید.
refused-amount_out_of_range = مبلغ باید بین { $least } و { $most } باشد.
refused-sum_out_of_range = ثبت نشد: جمع مبلغ‌ها از { $most } بیشتر می‌شود و بیشتر از این ثبت‌شدنی نیست.
refused-approved_already = مدیر این برداشت را تأیید کرده است و شاید پول در راه باشد؛ پس دیگر لغو نمی‌شود. اگر اشتباهی در آن هست، به مدیر بگویید؛ هنوز می‌تواند ردش کند.
refused-own_sale = از این سفارش به خودتان پورسانت می‌رسد؛ باید مدیر دیگری آن را ثبت کند.
refused-own_membership = عضویت خودتان را باید مدیر دیگری تعلیق یا برقرار کند.
refused-payouts_stopped = تسویه‌ها تا بررسی حساب‌ها متوقف شده‌اند.
refused-unknown_person = این فرد را نمی‌شناسم. اول باید ربات را باز کند.

## When something goes wrong on our side

error =
    مشکلی پیش آمد. پیش از تلاش دوباره ببینید انجام شده است یا نه.
    کد پیگیری برای پرسش از ما: { $code }
error-for-admins =
    در پاسخ به { $person } مشکلی پیش آمد.
    دلیل آن در گزارش‌های سرور با این کد آمده است: { $code }

## What the operator's configuration may say in words of its own

programme-name = سیستم همکاری در فروش
programme-welcome = لینکتان را برای دوستانتان بفرستید.
programme-share = فروشگاهی می‌شناسم که از آن خوشتان می‌آید. با لینک من بیایید:

## The bot's own profile on Telegram, where the operator has not written it: at most 512 and 120 characters

profile-description =
    { $shop }

    لینکتان را برای دوستانتان بفرستید و { $part ->
        [each] از هر محصولی که بخرند { $rate } پورسانت بگیرید
        [most] از خریدشان تا { $rate } پورسانت بگیرید
       *[all] از خریدشان { $rate } پورسانت بگیرید
    }. موجودی، دوستان و برداشت‌هایتان همه همین‌جاست.
profile-short-description = لینکتان را بفرستید و { $part ->
    [each] از هر محصولی که دوستانتان بخرند { $rate } پورسانت بگیرید
    [most] از خرید دوستانتان تا { $rate } پورسانت بگیرید
   *[all] از خرید دوستانتان { $rate } پورسانت بگیرید
}.

## The machine itself

books-do-not-hold =
    <b>در حساب‌ها مغایرت هست</b>
    تسویه‌ها تا بررسی آن متوقف است؛ بقیهٔ کارها ادامه دارد.
    { $count ->
        [one] این مغایرت پیدا شد:
       *[other] مغایرت‌ها: { $count } مورد. اولی:
    }
    { $problem }
    لطفاً روی سرور <code>moaref verify</code> را اجرا کنید تا محل مغایرت معلوم شود. تا آن موقع به کسی دستی پول نپردازید. وقتی حساب‌ها دوباره درست شوند، تسویه‌ها حداکثر تا یک ساعت بعد خودبه‌خود ادامه پیدا می‌کند.

token-refused =
    <b>تلگرام از { $since } تا الان توکن ربات را نمی‌پذیرفت</b>
    در این مدت به کسی پاسخ داده نشد، ولی سفارش‌های فروشگاه ثبت شد. اگر در @BotFather توکن تازه ساخته‌اید، ببینید همان در تنظیمات نوشته شده باشد.

clock-is-doubted =
    <b>ساعت سرور پرش کرده است</b>
    ساعت سرور { $wall } را نشان می‌دهد، ولی تا جایی که ربات می‌داند الان { $time } است. ربات با ساعت خودش ادامه می‌دهد تا تاریخی اشتباه ثبت نشود و پورسانتی زودتر قابل برداشت نشود.
    ساعت سرور را درست کنید؛ ربات خودش دوباره از آن استفاده می‌کند. اگر ساعت سرور درست است، روی سرور <code>moaref clock accept</code> را اجرا کنید.

clock-is-believed =
    <b>ربات دوباره با ساعت سرور کار می‌کند</b>
    این ساعت با ساعت ربات می‌خواند، یا کسی آن را تأیید کرده است.

store-is-away =
    <b>فایل داده‌های برنامه سر جایش نیست</b>
    روی سرور حذف، جابه‌جا یا عوض شده است. تا برنگردد، چیزی ثبت یا تأیید نمی‌شود: فروشگاه‌ها سفارش‌ها را دوباره می‌فرستند و پیام‌ها منتظر می‌مانند. همان فایل را سر جایش برگردانید؛ اگر فایل دیگری می‌گذارید، ربات را دوباره راه بیندازید.

store-is-back =
    <b>فایل داده‌های برنامه برگشت</b>
    کارها ادامه دارد. فروشگاه‌ها هرچه را بدون پاسخ مانده بود دوباره می‌فرستند.

store-is-older =
    <b>ربات به کسی پاسخ نمی‌دهد: فایل داده‌هایش قدیمی است</b>
    پیام‌هایی به ربات رسیده که در این فایل نیست. شاید نسخهٔ قدیمی‌تری جای فایل گذاشته شده است. ربات را متوقف کنید، فایل تازه‌تر را برگردانید و ربات را دوباره راه بیندازید.
    اگر فایل تازه‌تری ندارید، برای من { -new_store } بنویسید تا با همین فایل ادامه بدهم؛ ولی اتفاق‌های این فاصله در آن نیست.

store-is-accepted =
    <b>ربات با همین فایل ادامه می‌دهد</b>
    هرچه بعد از ساخته‌شدن این نسخه رخ داده در آن نیست: آخرین سفارش‌های فروشگاه و آخرین تسویه‌ها را بررسی کنید.

## Home card, links and codes

-code = { "\u2066" }/code{ "\u2069" }
-new_store = { "\u2066" }/new_store{ "\u2069" }
-link = { "\u2066" }/link{ "\u2069" }
-id = { "\u2066" }/id{ "\u2069" }
-friends = { "\u2066" }/friends{ "\u2069" }
-balance = { "\u2066" }/balance{ "\u2069" }
-history = { "\u2066" }/history{ "\u2069" }
-why = { "\u2066" }/why{ "\u2069" }
-withdraw = { "\u2066" }/withdraw{ "\u2069" }
-cancel-withdrawal = { "\u2066" }/cancel_withdrawal{ "\u2069" }
-language = { "\u2066" }/language{ "\u2069" }
-settings = { "\u2066" }/settings{ "\u2069" }
-privacy = { "\u2066" }/privacy{ "\u2069" }
-admin = { "\u2066" }/admin{ "\u2069" }
command-start = باز کردن صفحهٔ اصلی
command-code = ثبت کد دعوت یک دوست
command-link = لینک دعوت من
command-qr = پوستر با QR لینک من
button-home = صفحهٔ اصلی
button-back = بازگشت
button-get-link = دریافت لینک دعوت
button-link = لینک دعوت من
button-balance = موجودی
button-history = گردش حساب
button-withdraw = برداشت
button-help = راهنما
button-more = بیشتر
button-shop = رفتن به فروشگاه
button-products = دیدن محصولات
button-language = { OWN_NAMES() }
button-admin = مدیریت
button-share = فرستادن برای دوستان
button-copy-link = کپی لینک
button-copy-code = کپی کد
home-newcomer =
    <b>به { $shop } خوش آمدید</b>

    { $welcome }
home-friend =
    <b>به { $shop } خوش آمدید</b>

    { $news }

    { $welcome }
home-inviter = دوستتان { $inviter } شما را دعوت کرده است.
home-welcome = { $welcome }
promise-share = از هر خرید دوستانتان { $most ->
    [most] تا{" "}
   *[all] {""}
}{ $rate } پورسانت می‌گیرید.
promise-each = به‌ازای هر عدد محصولی که دوستانتان بخرند { $most ->
    [most] تا{" "}
   *[all] {""}
}{ $amount } پورسانت می‌گیرید.
promise-levels = از فروش زیرمجموعه‌تان هم تا سطح { $levels } سهم می‌گیرید: در سطح ۱، { $rate } از { $of ->
    [sale] مبلغ سفارش
   *[direct] پورسانت فروشنده
}.
home-member =
    <b>حساب شما در { $shop }</b>

    موجودی شما: { $available }{ $begins ->
        [yes] {" "}– لینکتان را بفرستید تا شروع شود
        [suspended] {""}
        عضویت شما تعلیق شده است: پورسانت تازه نمی‌گیرید و نمی‌توانید برداشت کنید.
       *[no] {""}
    }
more-card =
    <b>بیشتر</b>
    بقیهٔ بخش‌ها اینجاست.
code-ask = لطفاً کد دعوتی را که دوستتان داده است بفرستید. برای انصراف: { -cancel }
code-malformed = این کد دعوت درست نیست. کد دعوت هفت یا هشت حرف و رقم دارد؛ لطفاً لینک را دوباره از دوستتان بگیرید.
code-unknown = این کد دعوت را نمی‌شناسم. لطفاً لینک را دوباره از دوستتان بگیرید.
code-own = این لینک خودتان است؛ آن را برای دوستانتان بفرستید. خودتان نمی‌توانید معرف خودتان باشید.
code-of-another = شما با لینک { $inviter } آمده‌اید و معرفتان عوض نمی‌شود.
code-of-another-for-member = شما از قبل همکار فروش هستید و جایتان عوض نمی‌شود.
friend-was-here = دوست شما { $friend } قبلاً با لینک شخص دیگری آمده بود؛ معرف اول ثابت می‌ماند.
friend-was-member = دوست شما { $friend } لینکتان را باز کرد، اما از قبل همکار فروش بود و جایش عوض نمی‌شود.
button-links = لینک‌های من
button-story = تصویر استوری
button-post = تصویر پست
button-ready = متن‌های آماده
button-copy-text = کپی متن
button-new-tag = برچسب تازه
button-link-for = برای یک محصول
button-link-made = { $name }
button-ready-one = { $title }
button-thing = { $kind ->
    [group] همهٔ محصولات { $name }
   *[product] { $name }
}
refused-no_tag = برچسب یک کلمه با حرف و رقم است، حداکثر ۲۴ حرف، مثل اینستاگرام.
refused-too_many_tags = هر { $most } برچسبتان را ساخته‌اید.
link-card-made =
    <b>{ $kind ->
        [tag] لینک دعوت شما با برچسب { $name }
        [campaign] لینک دعوت شما برای کمپین { $name }
       *[product] لینک دعوت شما برای { $name }
    }</b>
    { $link }
    کد دعوت: { $code }

    تا امروز: { $reach }
inline-own = { button-link }
button-open-link = باز کردن
link-reach = { $came ->
    [0] هنوز کسی نیامده است
    [1] { $came } نفر آمد{ $joined ->
        [0] { "" }
        [1] { " · " }{ $joined } نفر همکار شد
       *[other] { " · " }{ $joined } نفر همکار شدند
    } · { $bought ->
        [0] هنوز خریدی نشده
        [1] { $bought } نفر خرید
       *[other] { $bought } نفر خریدند
    }
   *[other] { $came } نفر آمدند{ $joined ->
        [0] { "" }
        [1] { " · " }{ $joined } نفر همکار شد
       *[other] { " · " }{ $joined } نفر همکار شدند
    } · { $bought ->
        [0] هنوز خریدی نشده
        [1] { $bought } نفر خرید
       *[other] { $bought } نفر خریدند
    }
}
links-page =
    <b>لینک‌های شما</b>
    { $lines }

    با برچسب می‌فهمید هر دوست از کجا آمده است: { -link } اینستاگرام
links-own = لینک اصلی: { $reach }
links-line = { $kind ->
    [tag] برچسب
    [campaign] کمپین
    [group] محصولات
   *[product] محصول
} { $name }: { $reach }{ $clicks ->
    [0] { "" }
   *[other] ، { $clicks } کلیک در وب
}
funnel-card =
    <b>نتیجهٔ لینک‌های شما</b>
    { $lines }
funnel-title = نتیجهٔ لینک‌های شما
funnel-all = { $came ->
    [0] هنوز کسی نیامده است
    [1] تا الان { $came } نفر آمده است
   *[other] تا الان { $came } نفر آمده‌اند
}
funnel-own = لینک اصلی
funnel-unnamed = یک لینک
funnel-clicks = کلیک‌ها
funnel-came = آمدند
funnel-joined = همکار شدند
funnel-bought = خرید کردند
links-ask-tag = نام برچسب چه باشد؟ یک کلمه بنویسید، مثل اینستاگرام. برای انصراف: { -cancel }
links-goods = لینک برای کدام محصول باشد؟ دوستتان لینک را که باز کند، همان محصول را می‌بیند.
ready-page =
    <b>متن‌های آماده</b>
    لینکتان در هر کدام هست؛ همان‌طور که هست بفرستید.
ready-text = { $text }
friends-page =
    <b>دوستان دعوت‌شدهٔ شما</b>
    { $lines }
friends-best =
    <b>دوستان شما، به ترتیب پورسانت</b>
    { $lines }
friends-of-nobody = هنوز دوستی دعوت نکرده‌اید. لینک دعوتتان را بگیرید و بفرستید.
friends-none = هنوز کسی با لینک شما نیامده است. لینک دعوتتان را بفرستید: { -link }
friends-none-best = هنوز از خرید دوستانتان پورسانت نگرفته‌اید.
friends-name =
    {""}
    <b>دوست شما { $name }</b>
friends-name-through =
    {""}
    <b>دوست شما { $name }</b> · لینک { $link }
friends-customer = (مشتری فروشگاه)
friends-came = آمد: { $date }
friends-opened = لینک شما را باز کرد: { $date }
friends-joined = همکار فروش شد: { $date }
friends-bought = اولین خرید: { $date }{ $orders ->
    [one] { "" }
   *[other] { " " }(جمعاً { $orders } سفارش)
}
friends-brought = پورسانت شما: <b>{ $amount }</b>
friends-not = { $why ->
    [member] برای شما حساب نمی‌شود، چون از قبل همکار فروش بود.
    [elsewhere] برای شما حساب نمی‌شود، چون با لینک شخص دیگری آمده بود.
    [waiting] در حال بررسی است.
    [dropped] برای شما حساب نمی‌شود: مدیر آن را نپذیرفته است.
   *[nothing] هنوز خریدی نکرده است.
}
link-card =
    <b>لینک دعوت شما</b>
    { $link }
    کد دعوت: { $code }

    { $results }
link-rate = { $kind ->
    [part] پورسانت شما از هر خرید: { $rate }
   *[each] پورسانت شما: { $rate } که دوستانتان بخرند
}
link-so-far = تا امروز: { $reach }
link-earned = پورسانت شما تا امروز: { $amount }
forward-words = سلام! { $words }
forward-benefit = هدیهٔ شما: { $benefit }
poster-invitation = { $name } شما را دعوت کرده است
poster-discount = { $discount } تخفیف
poster-hint = با دوربین گوشی اسکن کنید
link-hint = حالا همکار فروش هستید. برای شروع، لینکتان را برای سه نفر از دوستانتان بفرستید.
link-to-forward =
    { $words }
    { $link }
home-to-join =
    { $card }

    { $joining }
join-costs =
    برای گرفتن لینک دعوت باید یکی از این‌ها را بخرید:
    { $products }

    بعد از آن درآمد شما:
    { $brings }
join-product = محصول { $product }
join-no-product = فعلاً چنین محصولی نیست.
listed-more = و { $count } مورد دیگر

## Balance and history

command-balance = موجودی من
command-history = گردش حساب من
balance-card =
    <b>موجودی شما</b>
    { $lines }

    دوستان: { $came } نفر آمده، { $joined } همکار، { $bought } خریدار
balance-of-nobody = هنوز موجودی ندارید. لینک دعوتتان را بگیرید، برای دوستانتان بفرستید و از خریدهایشان پورسانت بگیرید.
balance-available = قابل برداشت: <b>{ $amount }</b>
balance-below-zero = موجودی بعد از بازگشت وجه یا اصلاح حساب منفی شده است؛ پورسانت‌های بعدی اول این کسری را جبران می‌کنند.
balance-pending = در انتظار: { $amount } (تا سررسید یا تأیید)
balance-held = مشروط: { $amount } (با برآورده شدن شرط آزاد می‌شود)
balance-reserved = در حال تسویه: { $amount } (به‌زودی واریز می‌شود)
balance-paid = پرداخت‌شده: { $amount } (تا امروز)
history-page =
    <b>گردش حساب</b>، صفحهٔ { $page } از { $pages }

    { $entries }
history-of-nobody = هنوز چیزی ثبت نشده است. لینک دعوتتان را بگیرید و برای دوستانتان بفرستید تا پورسانت‌ها اینجا بیاید.
history-empty = هنوز چیزی ثبت نشده است. لینک دعوتتان را برای دوستانتان بفرستید تا پورسانت‌ها اینجا بیاید.
history-entry =
    { $row }) { $what ->
        [direct] پورسانت { $cause }
        [level] پورسانت سطح { $level }، { $cause }
        [signup] پاداش ثبت‌نام
        [rank] پاداش رتبه
        [pairing] پاداش تعادل
        [released] آزاد شدن پورسانت مشروط
        [matured] سررسید پورسانت
        [reversed] برگشت پورسانت { $cause }
        [rejected] رد شدن پورسانت
        [requested] درخواست برداشت
        [paid] پرداخت برداشت
        [given-back] بازگشت مبلغ برداشت
        [adjusted] اصلاح حساب
       *[other] مورد دیگر
    }: <b>{ $amount }</b>
history-purchase = خرید { $buyer }
history-order = سفارش { $order }
history-day = { $day ->
    [today] <u>امروز</u>
    [yesterday] <u>دیروز</u>
   *[earlier] <u>روز { $date }</u>
}
button-why-row = { $row }
history-why =
    {""}
    دلیل هر ردیف:
button-newer = تازه‌تر
button-older = قدیمی‌تر

## Earnings as a chart

command-earnings = درآمد من به تفکیک روز، هفته یا ماه
button-earnings = نمودار درآمد
button-chart = نمودار
button-refresh = به‌روزرسانی
button-earnings-period = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $period ->
    [day] روزها
    [week] هفته‌ها
   *[month] ماه‌ها
}
earnings-card =
    <b>{ earnings-title }</b>
    { earnings-total }

    { $lines }
earnings-title = { $period ->
    [day] { $count ->
        [1] درآمد امروز
       *[other] درآمد { $count } روز اخیر
    }
    [week] { $count ->
        [1] درآمد این هفته
       *[other] درآمد { $count } هفتهٔ اخیر
    }
   *[month] { $count ->
        [1] درآمد این ماه
       *[other] درآمد { $count } ماه اخیر
    }
}
earnings-total = جمع: { $amount }
earnings-line = { $period ->
    [week] هفتهٔ { $label }
   *[other] در { $label }
}: { $amount }
chart-day = { $day }
chart-name = { $name }
chart-count = { $count }
chart-amount = { $amount }
chart-money = { $value } { $unit }

## Why this number?

command-why = محاسبهٔ یک پورسانت
button-why = چرا این مبلغ؟
person-you = شما
person-of-team = یکی از زیرمجموعه‌های شما
person-of-shop = یکی از مشتریان فروشگاه
why-which = کدام پورسانت؟ آن را در گردش حساب انتخاب کنید یا شماره‌اش را بنویسید: { -why } ۱۲. نام یک دوست را هم می‌توانید بنویسید: { -why } سارا
why-card =
    <b>چرا { $amount }؟</b>
    پورسانت شمارهٔ { $number }، { $date }

    { $lines }
shares-card =
    <b>{ shares-title }</b>
    { shares-total }

    { $lines }
shares-title = سهم هر نفر از سفارش { $order }
shares-total = مبلغ سفارش{ $refunded ->
    [yes] {" "}بعد از بازگشت وجه
   *[no] { "" }
}: { $total }
shares-own = شما
shares-others = همکاران دیگر
shares-shop = فروشگاه
shares-member = یک همکار
shares-line = سهم { $name }: { $amount }
why-order = سفارش { $order }: خرید { $total } از طرف { $buyer }.
why-line = محصول { $product }{ $sorted ->
    [yes] {" "}از دستهٔ { $category }
   *[no] {""}
}، { $amount }{ $quantity ->
    [1] {""}
   *[other] {" "}({ $quantity } عدد)
}: { $rate } ({ $rule })
why-lost = به‌جای { $rate }، { $rule }، این نرخ حساب شد.
why-over-total = جمع نرخ‌ها { $exact } می‌شود، اما پورسانت از مبلغ سفارش بیشتر نمی‌شود.
why-direct = پورسانت مستقیم سفارش: { $direct }{ $rounded ->
    [yes] {" "}(گردشده به پایین از { $exact }).
   *[no] .
}
why-cut-out = سهم سطح { $level }: { $amount }.
why-cut-out-lost = سهم سطح { $level }، { $amount }، کم شد و به کسی نرسید.
why-cut-out-for = سهم { $member } (سطح { $level }): { $amount }.
why-seller = فروشنده: { $seller }.
why-level = سهم سطح { $level }: { $rate } از { $of ->
    [sale] مبلغ کل سفارش
   *[direct] پورسانت مستقیم
} ({ $base }){ $rounded ->
    [yes] ، گردشده به پایین از { $exact }.
   *[no] .
}
why-signup = ثبت‌نام { $friend }: رتبهٔ { $rank } برای آن { $bonus } می‌دهد.
why-rank = رسیدن به رتبهٔ { $rank }: یک بار { $bonus } می‌دهد.
why-period = { $kind ->
    [day] پاداش تعادل روز { $first_day }.
    [week] پاداش تعادل هفته‌ای که از { $first_day } شروع شد.
   *[month] پاداش تعادل ماهی که از { $first_day } شروع شد.
}
why-legs = دست چپ: { $left }. دست راست: { $right }.
why-matched = تعادل دو دست: { $matched }. نرخ آن { $rate } است{ $rounded ->
    [yes] {" "}(گردشده به پایین از { $exact }).
   *[no] .
}
why-pairs = تعداد جفت‌ها: { $pairs }، هر جفت { $bonus }. هر جفت { $of_left } × { $unit } از دست چپ و { $of_right } × { $unit } از دست راست برمی‌دارد.
why-left-over = ماندهٔ دست چپ: { $left }، ماندهٔ دست راست: { $right }. { $carry ->
    [all] هر دو به دورهٔ بعد منتقل می‌شوند.
    [limited] از هر دست حداکثر { $limit } به دورهٔ بعد منتقل می‌شود.
   *[none] چیزی به دورهٔ بعد منتقل نمی‌شود.
}
why-cap = مبلغ { $before } بود و { $cap ->
    [single] سقف هر پورسانت
    [period] سقف دوره
   *[lifetime] سقف درآمد
} ({ $limit }) آن را کم کرد.
why-amount = پورسانت: <b>{ $amount }</b>
why-reversed = از سفارش { $refunded } برگشت داده شد؛ پس { $reversed } از پورسانت برگشت خورد. مانده: { $left }.
why-was-held = این پورسانت تا برآورده شدن شرط مشروط بود.
why-waits-for-approval = منتظر تأیید مدیر است.
why-held = { $who ->
    [you] مشروط: هنوز به شرط طرح نرسیده‌اید.
    [named] مشروط: { $member } هنوز به شرط طرح نرسیده است.
   *[stranger] مشروط: همکاری بین شما و فروشنده هنوز به شرط طرح نرسیده است.
}
why-once-released = { $ripens ->
    [later] بعد از آزاد شدن، از { $until }{ $word ->
        [needed] {" "}و با تأیید مدیر
       *[none] {""}
    } قابل برداشت است.
   *[at-once] بعد از آزاد شدن، { $word ->
        [needed] با تأیید مدیر
       *[none] همان لحظه
    } قابل برداشت است.
}
why-state = { $state ->
    [pending] در انتظار تا { $until }.
    [available] قابل برداشت است.
    [rejected] مدیر آن را رد کرده است.
   *[reversed] همهٔ آن برگشت خورده است.
}
rate-each = هر عدد { $amount }
rate-rule = { $kind ->
    [link] نرخ لینک دعوت
    [offer-product] پیشنهاد «{ $name }» برای این محصول
    [offer-category] پیشنهاد «{ $name }» برای این دسته
    [offer] پیشنهاد «{ $name }»
    [product] نرخ محصول { $name }
    [category] نرخ دستهٔ { $name }
    [base] نرخ پایه
   *[rank] نرخ رتبهٔ { $name }
}
need-members = شرط { $kind ->
    [recruits] معرفی همکار
    [left] همکاران دست چپ
   *[right] همکاران دست راست
}: { $has } از { $asks } نفر
need-money = شرط { $kind ->
    [earnings] درآمد
   *[sales] فروش
}: { $has } از { $asks }
need-reinstated = عضویت تعلیق شده است و باید دوباره برقرار شود.
volume-members = تعداد { $members } نفر
commission-origin = { $kind ->
    [direct] پورسانت مستقیم، سفارش { $of }
    [level] پورسانت سطح { $level }، سفارش { $of }
    [signup] پاداش ثبت‌نام { $of }
    [rank] پاداش رتبهٔ { $of }
   *[pairing] پاداش تعادل دوره از { $of }
}

## Team, rank, offers

-team = { "\u2066" }/team{ "\u2069" }
-rank = { "\u2066" }/rank{ "\u2069" }
-offers = { "\u2066" }/offers{ "\u2069" }
button-why-friend = چرا: { $name }
button-friend = { $name }
button-why-commission = چرا پورسانت { $number }؟
friends-which =
    <b>کدام دوست؟</b>
    چند نفر از دوستانتان با { $sought } پیدا شدند.
friend-explained =
    <b>خریدهای { $name } و سهم شما</b>
    { $lines }
friend-bought-nothing = هنوز خریدی نکرده است. پورسانت با خرید می‌آید.
friend-order-paid = خرید { $date }: سفارش { $order }، سهم شما { $amount }، { $state ->
    [held] مشروط
    [pending] در انتظار
    [available] قابل برداشت
    [rejected] ردشده
   *[reversed] برگشت‌خورده
}
friend-order-unpaid = خرید { $date }: پورسانتی به شما نرسید، چون { $why ->
    [before] قبل از آمدن با لینک شما بود.
    [suspended] عضویت شما تعلیق شده بود.
    [window] از دعوت شما زمان زیادی گذشته بود.
    [not_first] فقط اولین خرید هر دوست پورسانت دارد.
   *[nothing] مبلغی برای پورسانت نمانده بود.
}
refused-no_such_friend = دوستی به نام { $word } ندارید. همهٔ دوستانتان اینجا هستند: { -friends }
command-team = زیرمجموعه و پورسانت‌های مشروط
command-rank = رتبهٔ من و رتبهٔ بعدی
command-offers = نرخ‌ها و پیشنهادهای ویژه
command-friends = دوستان من
button-friends = دوستان
button-friends-by-sum = به ترتیب پورسانت
button-friends-by-date = به ترتیب تاریخ
button-team = زیرمجموعه
button-rank = رتبه
button-offers = نرخ‌ها
button-previous = قبلی
button-next = بعدی
team-page =
    <b>زیرمجموعهٔ شما</b>
    { $parts }
team-of-nobody = هنوز زیرمجموعه‌ای ندارید. لینک دعوتتان را بگیرید و بفرستید؛ هر که با آن همکار شود زیرمجموعهٔ شماست.
team-empty = هنوز کسی زیرمجموعهٔ شما نیست. لینک دعوتتان را بفرستید: { -link }
team-level = سطح { $level }: { $members } نفر
team-below = { $members ->
    [0] هنوز کسی با لینک شما همکار نشده است؛ این افراد را دیگران آورده‌اند.
    [1] با لینک شما { $members } نفر همکار شده است.
   *[other] با لینک شما { $members } نفر همکار شده‌اند.
}
team-leg = { $side ->
    [left] دست چپ
   *[right] دست راست
}: { $members } نفر
team-leg-with-volume = { $side ->
    [left] دست چپ
   *[right] دست راست
}: { $members } نفر، حجم { $volume }
team-period-closes = پایان این دوره و محاسبهٔ تعادل دو دست: { $at }
team-needs =
    {""}
    <b>شرط طرح</b>: { $met ->
        [yes] برآورده شده
       *[no] هنوز برآورده نشده
    }
team-held =
    {""}
    <b>پورسانت‌های مشروط</b>
team-held-by = مبلغ { $amount } ({ $commissions } پورسانت) منتظر { $member } است:
button-tree = نمودار درختی
button-legs = نمودار دو دست
button-branch = شاخهٔ { $row }: { $name }
button-up = یک سطح بالاتر
tree-card =
    <b>{ tree-title }</b>
    { tree-sold }

    { $lines }
tree-title = { $whose ->
    [own] زیرمجموعهٔ شما
   *[other] زیرمجموعهٔ { $name }
}{ $pages ->
    [1] { "" }
   *[other] ، صفحهٔ { $page } از { $pages }
}
tree-sold = { $sold ->
    [0] از این افراد کسی این ماه فروش نداشته است
    [1] از این افراد { $sold } نفر این ماه فروش داشته است
   *[other] از این افراد { $sold } نفر این ماه فروش داشته‌اند
}
chart-mark = { $row }.
tree-below = با { $below } زیرمجموعه
tree-line = سطح { $level }: { $name }{ $below ->
    [0] { "" }
   *[other] ، { $below } زیرمجموعه
}{ $sold ->
    [yes] { " " }✓
   *[no] { "" }
}
legs-card =
    <b>دو دست شما</b>
    { $lines }
legs-title = دو دست شما
legs-legend = پررنگ: مقداری که به تعادل رسیده است
legs-side = { $side ->
    [left] دست چپ
   *[right] دست راست
}
legs-matched = به تعادل رسیده: چپ { $left }، راست { $right }
legs-payment = پاداش تعادل، قبل از سقف و شرط‌ها: { $amount }
legs-closes = پایان دوره: { $at }
rank-card =
    <b>رتبهٔ شما: { $rank }</b>
    { $gives }

    { $next }
rank-of-nobody = هنوز رتبه‌ای ندارید. اول لینک دعوتتان را بگیرید؛ همه از رتبهٔ اول شروع می‌کنند.
rank-cap-single = سقف هر پورسانت: { $cap }
rank-cap-period = سقف دوره برای پاداش تعادل: { $cap }
rank-cap-lifetime = سقف درآمد: { $cap }، که تا امروز { $earned } آن پر شده است
rank-next =
    <b>رتبهٔ بعدی: { $rank }</b>
    آنجا پورسانت خرید دوستانتان { $rate } می‌شود. تا رسیدن به آن:
rank-next-bonus = پاداش رسیدن به آن، یک بار: { $bonus }
rank-highest = این بالاترین رتبه است.
rank-only = در این برنامه یک رتبه بیشتر نیست.
climb-card =
    <b>رتبهٔ شما: { $rank }</b>

    { $lines }
climb-title = رتبهٔ بعدی: { $rank }
climb-from = رتبهٔ شما: { $rank }
climb-need = { $kind ->
    [earnings] درآمد
    [sales] فروش
   *[recruits] معرفی همکار
}
chart-members = { $has } از { $asks } نفر
chart-progress = { $has } از { $asks } { $unit }
climb-met = انجام شده: { $met } از { $all } شرط
offers-card =
    <b>نرخ‌ها و پیشنهادهای ویژه</b>
    { $special }

    <b>نرخ‌های دیگر</b>{ $ranks ->
        [one] { "" }
       *[several] ، با رتبهٔ { $rank }
    }
    { $otherwise }
offers-none = فعلاً پیشنهاد ویژه یا نرخ جداگانه‌ای نداریم.
offers-offer = پیشنهاد «{ $offer }»: <b>{ $rate }</b>
offers-starts = از { $at }
offers-ends = تا { $at }
offers-ends-day = تا پایان { $day }
offers-everything = برای همهٔ محصولات
offers-thing = برای { $kind ->
    [product] محصول { $name }
   *[category] دستهٔ { $name }
}
offers-rate = نرخ { $kind ->
    [product] محصول { $name }
   *[category] دستهٔ { $name }
}: <b>{ $rate }</b>
earns-directly = از خرید دوستان شما: { $rate }
earns-level = از فروش سطح { $level } زیرمجموعه: { $rate } از { $of ->
    [sale] مبلغ سفارش
   *[direct] پورسانت فروشنده
}
earns-less-levels = سهم بالادستی‌ها از پورسانت مستقیم شما کم می‌شود.
earns-pairing-share = پاداش تعادل: { $rate } از فروش دست ضعیف‌تر، هر { $period ->
    [day] روز
    [week] هفته
   *[month] ماه
}
earns-pairing-bonus = پاداش تعادل: { $bonus } برای هر جفت، یعنی { $ratio ->
    [equal] { $unit } در هر دو دست
   *[double] { $unit } در یک دست و دو برابر آن در دست دیگر
}، هر { $period ->
    [day] روز
    [week] هفته
   *[month] ماه
}
earns-signup = برای معرفی هر همکار: { $bonus }

## Plans: what speaks for each, and what against it

plan-direct-strength = توضیح و حسابش از همه ساده‌تر است: از هر سفارش فقط معرف خریدار پورسانت می‌گیرد.
plan-direct-drawback = همکاران از فروش همکارانی که خودشان آورده‌اند درآمدی ندارند؛ پس انگیزهٔ چندانی برای آوردنشان نیست.
plan-unilevel-strength = بالادستی‌های فروشنده هم از هر سفارش سهم می‌گیرند؛ پس آوردن همکارانی که می‌فروشند و کمک به آن‌ها به‌صرفه است.
plan-unilevel-drawback = سهم سطح‌ها یا از پورسانت فروشنده کم می‌شود یا خرج اضافهٔ فروشگاه است، و بعضی همکاران به‌جای خریدار دنبال زیرمجموعه می‌گردند.
plan-matrix-strength = جاهای زیر هر همکار محدود است؛ پس کسانی که یک همکار فعال می‌آورد به پایین سرریز می‌شوند و سطح‌های دیگران را هم پر می‌کنند.
plan-matrix-drawback = توضیحش بیشتر وقت می‌برد، و درآمد هر همکار همان‌قدر که به کارش بستگی دارد به جایش هم بستگی دارد.
plan-binary-strength = به تعادل رساندن دو دست هدفی روشن است و هر فروشی در هر دست، هر قدر هم پایین، به حساب می‌آید.
plan-binary-drawback = از همه سخت‌تر توضیح داده می‌شود: هر سفارش برای همهٔ بالادستی‌ها حساب می‌شود، پس هزینه با بزرگ شدن شبکه بالا می‌رود، و مازاد دست قوی‌تر شاید هرگز پرداخت نشود.

## Withdrawals

command-withdraw = درخواست برداشت
command-cancel_withdrawal = لغو درخواست برداشت
withdraw-not-member = هنوز چیزی برای برداشت نیست. اول لینک دعوتتان را بگیرید و برای دوستانتان بفرستید.
withdraw-nothing =
    فعلاً چیزی برای برداشت نیست.
    { $lines }{ $bounded ->
        [yes] {""}
            { refused-below_minimum }
       *[no] {""}
    }
withdraw-ask-amount =
    چقدر برداشت می‌کنید؟ موجودی قابل برداشت: { $available }
    انتخاب کنید یا مبلغ را بنویسید. برای انصراف: { -cancel }
button-amount-all = همه: { $amount }
button-amount-half = نصف: { $amount }
button-amount-minimum = حداقل: { $amount }
withdraw-ask-destination =
    مبلغ { $amount } به کجا واریز شود؟
    شمارهٔ کارت (۱۶ رقم) یا شمارهٔ شبا (IR و ۲۴ رقم) را بفرستید. برای انصراف: { -cancel }
button-destination = { $masked }
destination-masked = { $kind ->
    [sheba] شبا
   *[card] کارت
} { $tail }
withdraw-confirm =
    <b>درست است؟</b>
    مبلغ: <b>{ $amount }</b>
    { destination-line }
button-withdraw-confirm = بله، ثبت شود
button-withdraw-elsewhere = واریز به حساب دیگر
button-change = تغییر
button-leave = منصرف شدم
withdraw-done =
    <b>درخواست برداشت شمارهٔ { $number } ثبت شد</b>
    مبلغ { $amount } به { $destination }
    به مدیران خبر دادیم؛ هر مرحله را همین‌جا می‌بینید.
button-cancel-request = لغو درخواست
cancel-which = کدام درخواست لغو شود؟
button-cancel-which = لغو شمارهٔ { $number }: { $amount }
cancel-nothing = درخواست برداشت بازی ندارید.
cancel-done = درخواست برداشت شمارهٔ { $number } لغو شد و { $amount } دوباره قابل برداشت است.

## Settings

command-settings = تنظیمات
button-settings = تنظیمات
button-settings-group = { $group ->
    [friends] دوستان
    [commissions] پورسانت
    [releases] آزادسازی و سررسید
    [ranks] نرخ و سقف
    [withdrawals] برداشت
    [milestones] موفقیت‌ها
   *[rewards] پاداش
}: { $state ->
    [on] روشن
   *[off] خاموش
}
button-settings-broadcasts = پیام همگانی: { $state ->
    [on] روشن
   *[off] خاموش
}
button-settings-gather = پورسانت، هر چند وقت
button-settings-digest = خلاصهٔ موجودی
button-settings-zone = منطقهٔ زمانی
button-settings-quiet = ساعت سکوت
button-settings-frequency = { $digest ->
    [off] هیچ‌وقت
    [daily] روزانه
    [weekly] هفتگی
   *[monthly] ماهانه
}
button-settings-often = { $gather ->
    [now] هر کدام همان موقع
    [hourly] ساعتی یک بار
   *[daily] روزی یک بار، ساعت { $hour }
}
button-settings-hour = { $hour }
button-settings-always = حتی اگر خبری نباشد: { $state ->
    [on] بله
   *[off] نه
}
button-settings-zone-name = { $zone }
button-settings-night = از { $begins } تا { $ends }
button-settings-no-quiet = بدون ساعت سکوت
toast-settings-kept = ذخیره شد.
settings-card =
    <b>تنظیمات</b>
    چه خبرهایی و چه وقت برایتان بفرستیم؟ رسید تسویه و اصلاح حساب همیشه می‌آید.

    خبر پورسانت‌ها: { $gather }
    خلاصهٔ موجودی: { $digest }
    منطقهٔ زمانی: { $zone }
    ساعت سکوت: { $quiet }
settings-gather-line = { $gather ->
    [now] هر کدام همان موقع
    [hourly] ساعتی یک بار
    [by-itself] هر کدام همان موقع؛ اگر زیاد شد، ساعتی یک بار
   *[daily] روزی یک بار، ساعت { $hour }
}
settings-gather =
    <b>خبر پورسانت‌ها</b>
    هر کدام جدا، یا همه در یک پیام. روزانه، در ساعت خلاصهٔ موجودی می‌آید.
    الان: { $now }
settings-digest-line = { $digest ->
    [off] هیچ‌وقت
    [daily] روزانه، ساعت { $hour }
    [weekly] هفتگی، ساعت { $hour }
   *[monthly] ماهانه، ساعت { $hour }
}
settings-quiet-line = { $any ->
    [yes] از { $begins } تا { $ends }
   *[no] خاموش
}
settings-digest =
    <b>خلاصهٔ موجودی</b>
    چه تغییری کرده، چه چیزی سررسید می‌شود و تا رتبهٔ بعدی چقدر مانده است. هفتگی در روز اول هفته می‌آید و ماهانه در روز اول ماه.
    الان: { $now }
settings-zones =
    <b>منطقهٔ زمانی</b>
    خلاصهٔ موجودی و ساعت سکوت با آن حساب می‌شود. برای جای دیگر نام شهر را به انگلیسی بنویسید: { $example }
    الان: { $zone }
settings-quiet =
    <b>ساعت سکوت</b>
    خبرهای این ساعت‌ها بعد از آن یکجا می‌آید. خلاصهٔ موجودی هم تا پایان آن صبر می‌کند.
    الان: { $quiet }
zone-name = { $zone ->
    [asia-tehran] تهران
    [asia-kabul] کابل
    [asia-dushanbe] دوشنبه
    [asia-dubai] دبی
    [asia-baghdad] بغداد
    [europe-istanbul] استانبول
    [europe-berlin] برلین
    [europe-london] لندن
    [america-toronto] تورنتو
    [america-los_angeles] لس‌آنجلس
    [australia-sydney] سیدنی
   *[utc] ساعت جهانی
}

## Language, help, privacy

command-language = { OWN_NAMES() }
command-id = کد و شناسهٔ تلگرام من
own-id =
    <b>شناسهٔ شما</b>
    کد دعوت: { $code }
    شناسهٔ تلگرام: { $number }
    هر کس پرسید حساب شما کدام است، یکی از این دو را برایش بفرستید.
button-copy-number = کپی شناسه
command-help = راهنما
command-privacy = چه چیزهایی از شما نگه می‌داریم
language-ask = کدام زبان را می‌خواهید؟
button-speak = { $language }
toast-language-chosen = زبان: فارسی
help-card =
    <b>راهنما</b>
    { $lines }
help-newcomer =
    لینک دعوت خودتان، که با آن همکار فروش می‌شوید: { -link }
    ثبت کد دعوت یک دوست: { -code }
help-member =
    لینک دعوت و تصویر آن: { -link }
    موجودی: { -balance }
    گردش حساب و دلیل هر مبلغ: { -history }
    دوستان دعوت‌شده: { -friends }
    زیرمجموعه و پورسانت‌های مشروط: { -team }
    رتبهٔ شما و رتبهٔ بعدی: { -rank }
    نرخ‌ها و پیشنهادهای ویژه: { -offers }
    درخواست برداشت: { -withdraw }
    لغو درخواست برداشت: { -cancel-withdrawal }
help-everybody =
    خبرها و زمان آن‌ها: { -settings }
    زبان: { -language }
    آنچه از شما نگه می‌داریم: { -privacy }
help-admin = کارهای مدیر: { -admin }
privacy-card =
    <b>چه چیزهایی از شما نگه می‌داریم</b>
    شناسه، نام، نام کاربری و زبان شما در تلگرام، و تنظیمات شما.
    معرف شما، سفارش‌ها، شمارهٔ مشتری‌تان در فروشگاه و هر جابه‌جایی پولتان؛ این‌ها هرگز پاک نمی‌شود.
    شمارهٔ کارت و شبا، رمزشده؛ فقط مدیری که پرداخت می‌کند آن را کامل می‌بیند.
    نوشته‌های شما همین که پاسخ بگیرد پاک می‌شود. از پیام‌هایتان به پشتیبانی فقط شمارهٔ پیام، آن هم ۳۰ روز، می‌ماند؛ پشتیبانی آن‌ها را در گفتگوی خودش می‌خواند.
    لینک‌های دعوتی که باز کرده‌اید و زمان آن. معرفتان نام شما، زمان همکار شدن و خریدتان و پورسانت خودش از آن را می‌بیند؛ هر کس دیگری که لینکش را باز کنید نامتان را می‌بیند، دوستان دعوت‌شدهٔ شما هم.

## Support

command-support = پیام به پشتیبانی
button-support = پشتیبانی
button-support-send = ارسال به پشتیبانی
button-support-answer = پاسخ به پشتیبانی
support-offer = متوجه نشدم. این را برای پشتیبانی بفرستم؟
support-ask = چه پیامی برای پشتیبانی دارید؟ متن، عکس، فایل یا پیام صوتی بفرستید. برای انصراف: { -cancel }
support-elsewhere = پشتیبانی اینجاست:
support-passed-on = برای پشتیبانی فرستادیم. پاسخ همین‌جا می‌آید.
support-not-copyable = این پیام را نمی‌شود فرستاد. لطفاً متن، عکس، فایل یا پیام صوتی بفرستید.
support-edited = ویرایش شما فرستاده نشد. لطفاً آن را در یک پیام تازه بفرستید.
support-not-reached = پیامتان به پشتیبانی نرسید. لطفاً کمی بعد دوباره بفرستید.
support-card =
    پیام از <b>{ $name }</b>
    کد دعوت: { $code }
    { $lines }

    برای پاسخ، روی پیام‌های زیر ریپلای کنید. اگر پاسخ لازم نیست، این را ریپلای کنید: { -done }
support-card-balance = موجودی: { $available }، در انتظار { $pending }
support-undelivered = { $problem ->
    [blocked] پیام نرسید: { $name } ربات را مسدود کرده است.
    [message] پیام به { $name } نرسید: پاک شده یا نمی‌شود کپی‌اش کرد.
   *[unreachable] پیام به { $name } نرسید.
}
support-unknown-reply = معلوم نیست این پاسخ برای کیست. به هر پیام تا ۳۰ روز می‌شود پاسخ داد؛ لطفاً روی پیام تازه‌تری از او ریپلای کنید.
support-done = ثبت شد: { $name } دیگر منتظر پاسخ نیست.
support-unreachable =
    <b>پیام‌ها به گفتگوی پشتیبانی نمی‌رسد</b>
    دلیل: { $problem }
    به هر کس که پیام می‌دهد می‌گوییم بعداً دوباره بفرستد. لطفاً ببینید ربات در آن گفتگو هست و اجازهٔ نوشتن دارد، و شمارهٔ گفتگو در تنظیمات درست است.
refused-too_many_questions = در یک ساعت { $count } پیام به پشتیبانی داده‌اید. پیام بعدی را از { $at } می‌توانید بفرستید.

## Notices for members

notice-reference = شمارهٔ پیام: { $code }
notice-repeat = شاید این پیام را قبلاً گرفته باشید. شمارهٔ پیام: { $code }
notice-balance = موجودی قابل برداشت: { $available }{ $waits ->
    [yes] ، { $pending } در انتظار
   *[no] {""}
}{ $held ->
    [yes] ، { $held_amount } مشروط
   *[no] {""}
}
minimum-reached = به کمترین مبلغ برداشت ({ $minimum }) رسیدید و می‌توانید برداشت کنید.
notice-available =
    <b>قابل برداشت شد: { $amount }</b>
    { $count ->
        [1] یکی از پورسانت‌های شما سررسید شد.
       *[other] تعداد { $count } پورسانت شما سررسید شد.
    }
    { $foot }
notice-gathered =
    <b>خبرهای تازه: { $count } مورد</b>
    { $lines }
    { $total }
gathered-total = جمع پورسانت‌ها: <b>{ $amount }</b>
gathered-hourly = امروز بیشتر از ده پورسانت گرفتید؛ از این به بعد خبر پورسانت‌ها ساعتی یک بار می‌آید. در تنظیمات می‌توانید عوضش کنید.
gathered-friend-came = { $came }
gathered-first-friend = اولین دوستتان! { $came }
gathered-friend-joined = دوست شما { $friend } همکار فروش شد.
gathered-friend-bought = دوست شما { $friend } به مبلغ { $total } خرید کرد که پورسانت ندارد.
gathered-commission = مبلغ { $amount }، { $state ->
    [held] مشروط
    [pending] در انتظار
   *[available] قابل برداشت
}: { $reason }
gathered-first-sale = اولین فروشتان: { $amount }، { $state ->
    [held] مشروط
    [pending] در انتظار
   *[available] قابل برداشت
}. { $reason }
gathered-released = آزاد شد: { $amount }. { $reason }
gathered-available = قابل برداشت شد: { $amount }.
gathered-reversed = برگشت خورد: { $amount }، به‌خاطر بازگشت وجه سفارش { $order }.
gathered-rejected = رد شد: پورسانت { $amount }. دلیل: { $reason }
gathered-cap-reached = به سقف رسیدید: { $cut } حساب نشد.
gathered-rank-reached = به رتبهٔ { $rank } رسیدید. تبریک می‌گوییم!
notice-friend-came = دوست شما { $friend } با لینک شما آمد.
notice-customer-came = یک مشتری با لینک شما به فروشگاه آمد.
notice-first-friend =
    <b>اولین دوستتان آمد!</b>
    { $came }
    هر وقت خرید کند، پورسانت می‌گیرید.
notice-friend-joined = دوست شما { $friend } هم همکار فروش شد.
notice-friend-bought =
    دوست شما { $friend } به مبلغ { $total } خرید کرد.
    این خرید پورسانت ندارد: { $why ->
        [window] از دعوت او زمان زیادی گذشته است.
        [not_first] فقط اولین خرید هر دوست پورسانت دارد.
       *[suspended] عضویت شما تعلیق شده است.
    }
    { $foot }
notice-commission =
    <b>پورسانت شما: { $amount }</b>
    { $reason }
    { $state }
    { $foot }
notice-first-sale =
    <b>اولین فروشتان! پورسانت شما: { $amount }</b>
    { $reason }
    { $state }
    { $foot }
reason-order = { $kind ->
    [level] پورسانت سطح { $level } بابت خرید { $buyer }.
   *[direct] پورسانت مستقیم بابت خرید { $buyer }.
}
reason-signup = پاداش ثبت‌نام { $friend }.
reason-pairing = پاداش تعادل دوره‌ای که از { $first_day } شروع شد.
reason-rank = پاداش رتبهٔ { $rank }.
standing-free = { $waits ->
    [nothing] همین حالا قابل برداشت است.
    [time] از { $until } قابل برداشت است.
    [word] بعد از تأیید مدیر قابل برداشت است.
   *[both] از { $until } و بعد از تأیید مدیر قابل برداشت است.
}
standing-held = { $who ->
    [you] مشروط است تا وقتی به شرط طرح برسید.
    [named] مشروط است تا { $member } به شرط طرح برسد.
   *[stranger] مشروط است تا همکاری بین شما و فروشنده به شرط طرح برسد.
}
notice-released =
    <b>آزاد شد: { $amount }</b>
    { $reason }
    { $state }
    { $foot }
notice-reversed =
    <b>برگشت خورد: { $amount }</b>
    وجه سفارش { $order } برگشت داده شد. ماندهٔ این پورسانت: { $left }.{ $below ->
        [yes] {""}
            موجودی شما منفی شده است؛ پورسانت‌های بعدی اول این کسری را جبران می‌کنند.
       *[no] {""}
    }
    { $foot }
notice-rejected =
    <b>رد شد: پورسانت { $amount }</b>
    دلیل مدیر: { $reason }
    { $foot }
notice-cap-reached =
    <b>به سقف رسیدید</b>
    پورسانت { $cut } حساب نشد: { $cap ->
        [single] سقف هر پورسانت
        [period] سقف دوره
       *[lifetime] سقف درآمد شما
    } { $limit } است.
    { $foot }
notice-adjusted =
    <b>اصلاح حساب: { $amount }</b>
    { reason-line }
    { $foot }
notice-rank-reached =
    <b>به رتبهٔ { $rank } رسیدید</b>
    تبریک می‌گوییم!
    { $gives }
notice-rate-changed =
    <b>نرخ پورسانت شما عوض شد: { $after }</b>
    قبلاً { $before } بود. خریدهای دوستانتان از این به بعد با نرخ جدید حساب می‌شود.
notice-suspended =
    عضویت شما تعلیق شده است: نمی‌توانید پورسانت بگیرید یا برداشت کنید. لطفاً از مدیر بپرسید.
    { reason-line }
notice-reinstated = عضویت شما دوباره برقرار است: پورسانت می‌گیرید و می‌توانید برداشت کنید.
notice-withdrawal-approved =
    <b>درخواست برداشت شمارهٔ { $number } تأیید شد</b>
    مبلغ { $amount } به‌زودی واریز می‌شود.
    { destination-line }
    { $foot }
notice-withdrawal-rejected =
    <b>درخواست برداشت شمارهٔ { $number } رد شد</b>
    مبلغ { $amount } دوباره قابل برداشت است. دلیل: { $reason }
    { $foot }
notice-withdrawal-paid =
    <b>پرداخت شد: { $amount }</b>
    درخواست برداشت شمارهٔ { $number }
    { destination-line }
    { tracking-line }
    { $foot }
    { $reference_line }
no-reason = ذکر نشده

## Digests

digest-card =
    <b>موجودی شما</b>
    { $balance }

    { $changes }
digest-ahead =
    {""}
    { $lines }
digest-since = از { $since } تا امروز:
digest-nothing = از { $since } تا امروز چیزی تغییر نکرده است.
digest-earned = پورسانت تازه: { $amount }
digest-freed = قابل برداشت شد: { $amount }
digest-taken-back = برگشت خورد: { $amount }
digest-adjusted = اصلاح حساب: { $amount }
digest-paid = واریز به شما: { $amount }
digest-friends = دوستان دعوت‌شده: { $came } نفر آمد، { $joined } همکار، { $bought } خریدار
digest-ripening = تا { $until } قابل برداشت می‌شود: { $amount }
digest-chart = { $weeks ->
    [one] این هفته: { $total }
   *[other] پورسانت { $weeks } هفته: { $total }
}
digest-chart-change = { $way ->
    [first] هفتهٔ اول شما
    [same] این هفته به اندازهٔ هفتهٔ قبل
    [more] این هفته { $amount } بیشتر از هفتهٔ قبل
   *[less] این هفته { $amount } کمتر از هفتهٔ قبل
}
digest-day = { $day }
chart-value = { $value }

## Digests for admins

admin-summary =
    <b>گزارش { $day }</b>
    { $figures }

    <b>الان</b>
    { $now }
figures-friends = دوستان دعوت‌شده: { $came } نفر آمد، { $joined } همکار
figures-orders = سفارش‌ها: { $count } سفارش، { $amount }
figures-refunded = بازگشت وجه از همین سفارش‌ها: { $amount }
figures-commissions = پورسانت‌ها: { $count } مورد، { $amount }
figures-taken-back = برگشت‌خورده از همین پورسانت‌ها: { $amount }
figures-cost = سهم پورسانت از فروش: { $share }
figures-payouts = تسویه‌ها: { $count } مورد، { $amount }
admin-summary-requests = { $count ->
    [0] درخواست بازی نیست.
   *[other] درخواست‌های باز: { $count } مورد، { $amount }، قدیمی‌ترین { $age }.
}
admin-summary-undecided = { $count ->
    [0] پورسانتی منتظر تأیید نیست.
   *[other] پورسانت‌های منتظر تأیید: { $count } مورد
}
admin-summary-books = { $holds ->
    [yes] حساب‌ها مغایرتی ندارند.
   *[no] در حساب‌ها مغایرت هست. روی سرور <code>moaref verify</code> را اجرا کنید.
}
admin-reminder =
    <b>درخواست‌هایی که بیش از یک روز منتظر مانده‌اند: { $total }</b>

    { $requests }
job-failed =
    <b>کاری سر وقت خود انجام نشد: { $job }</b>
    خودش دوباره امتحان می‌کند. روی سرور <code>moaref jobs</code> دلیل را می‌گوید.

## Admins: home

command-admin = صفحهٔ مدیریت
button-admin-back = بازگشت به مدیریت
button-admin-overview = نمای کلی
button-admin-open-requests = درخواست‌های باز: { $count }
button-admin-recording = راهنمای ثبت خرید
admin-home =
    <b>مدیریت</b>
    { $waiting ->
        [0] چیزی در انتظار شما نیست.
       *[other] در انتظار شما: { $waiting } مورد
    }

    امروز: { $orders ->
        [0] هنوز سفارشی نیست
       *[other] { $orders } سفارش، { $sold }، پورسانت { $credited }
    }
button-admin-shop-problems = مشکلات فروشگاه: { $count }
button-admin-broadcasts-running = پیام‌های در حال ارسال: { $count }
button-admin-questions = پرسش‌های پشتیبانی: { $count }
admin-questions =
    <b>پرسش‌های بدون پاسخ: { $total }</b>
    { $questions }

    در گروه پشتیبانی روی خود پرسش ریپلای کنید.
admin-questions-line = پرسش { $asker }، از { $since }
button-admin-question = { $asker }
admin-questions-none = کسی منتظر پاسخ پشتیبانی نیست.
button-admin-stats = آمار
button-admin-commands = فهرست دستورها
admin-commands =
    <b>این‌ها را می‌توانید بنویسید</b>
    { $commands }
admin-command = برای { $description }: { $command }
admin-example = { $command }
admin-recording =
    <b>ثبت خرید</b>
    بنویسید چه کسی و به چه مبلغی خرید کرده است و اگر خواستید نام محصول و شمارهٔ سفارش را هم اضافه کنید. برای بازگشت وجه شمارهٔ سفارش لازم است و برای اصلاح حساب، نام همکار فروش و مبلغ و دلیل. تا تأیید نکنید چیزی ثبت نمی‌شود.

    { $examples }

    { -naming-people }

## Admins: statistics

command-stats = آمار امروز، این هفته و این ماه
button-admin-stats-span = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $span ->
    [today] امروز
    [week] این هفته
    [month] این ماه
   *[last_month] ماه قبل
}
admin-stats =
    <b>{ $span ->
        [today] امروز، { $since }
        [week] این هفته، از { $since } تا { $until }
        [month] این ماه، از { $since } تا { $until }
       *[last_month] ماه قبل، از { $since } تا { $until }
    }</b>
    { $figures }

    <b>الان</b>
    { $now }

    { $more }
stats-top = <b>بیشترین پورسانت</b>
button-stats = آمار
button-stats-chart = نمودار ۷ روز
overview-card =
    <b>آمار هفت روز، از { $since } تا { $until }</b>
    { $lines }
overview-title = آمار هفت روز { $name }
overview-span = از { $since } تا { $until }
overview-sales = فروش
overview-commissions = پورسانت‌ها
overview-payouts = تسویه‌ها
overview-sales-by-day = فروش هر روز
overview-best = پردرآمدترین همکاران
stats-member = از { $member }: { $amount } ({ $count } مورد)
stats-shops = <b>فروش به تفکیک فروشگاه</b>
stats-shop = { $named ->
    [yes] فروشگاه { $shop }
   *[no] بدون فروشگاه
}: { $count } سفارش، { $amount }
stats-tags = <b>به تفکیک برچسب</b>
stats-tag = برچسب { $tag }: { $came } نفر آمدند، { $count ->
    [0] بدون سفارش
   *[other] { $count } سفارش، { $amount }
}

## Admins: withdrawals

command-pending = درخواست‌های برداشت باز
command-approve = تأیید یک درخواست برداشت
command-reject = رد یک درخواست برداشت با ذکر دلیل
command-paid = ثبت تسویهٔ یک برداشت با کد پیگیری
button-admin-pending = درخواست‌های باز
button-admin-request = درخواست { $number }
button-admin-previous = { button-previous }
button-admin-next = { button-next }
button-admin-approve = تأیید
button-admin-reject = رد
button-admin-paid = پرداخت شد
button-admin-copy-card = کپی شمارهٔ کارت
button-admin-copy-sheba = کپی شمارهٔ شبا
toast-admin-approved = تأیید شد.
admin-pending-none = درخواست بازی نیست. هر همکار فروشی که درخواست برداشت بدهد، کارتش برای همهٔ مدیران می‌آید.
admin-pending =
    <b>درخواست‌های باز: { $total }</b>

    { $requests }
admin-pending-line = شمارهٔ <b>{ $number }</b>: { $member }، { $amount }، { $destination }، { $state ->
    [approved] تأییدشده و آمادهٔ پرداخت
   *[requested] منتظر تصمیم
}، { $age }
admin-age = { $days ->
    [0] { $hours ->
        [0] { $minutes ->
            [0] همین حالا
           *[other] حدود { $minutes } دقیقه پیش
        }
       *[other] حدود { $hours } ساعت پیش
    }
   *[other] حدود { $days } روز پیش
}
admin-request =
    <b>برداشت شمارهٔ { $number }</b>
    { member-line }
    مبلغ: { $amount }
    مقصد: { $destination }
    زمان درخواست: { $when }
    { $notes }
admin-destination = { $kind ->
    [sheba] شبا { $number }
   *[card] کارت { $number }
}
admin-request-state = وضعیت: { $state ->
    [requested] منتظر تصمیم
    [approved] تأییدشده و آمادهٔ پرداخت
    [paid] پرداخت‌شده
    [rejected] ردشده
   *[cancelled] لغوشده از طرف همکار فروش
}
admin-request-tracking = { tracking-line }
admin-request-reason = { reason-line }
admin-request-owes = توجه: این همکار فروش { $owed } بدهکار است؛ چون بازگشت وجه بیشتر از موجودی‌اش بوده است.
admin-pay-owing =
    <b>برداشت { $number } با این حال پرداخت شود؟</b>
    بدهی { $member } به فروشگاه { $owed } است؛ چون بازگشت وجه بیشتر از موجودی‌اش بوده است. مبلغ برداشت { $amount } است.

    اگر آن را رد کنید، مبلغش اول بدهی را جبران می‌کند.
button-admin-pay-owing = با این حال پرداخت شود
admin-request-unreadable = شماره خوانده نمی‌شود: کلید رمزنگاری در تنظیمات نیست یا عوض شده است.
admin-request-own = این درخواست خودتان است و باید مدیر دیگری بررسی‌اش کند.
admin-usage-approve =
    لطفاً شمارهٔ یک یا چند درخواست را هم بنویسید:
    { $example }
    { $several }
admin-usage-reject =
    لطفاً شمارهٔ یک یا چند درخواست و بعد دلیل رد را بنویسید. همکار فروش آن را می‌خواند.
    مثال: { $example } و بعد دلیل
    مثال: { $several } و بعد دلیل
admin-usage-paid =
    لطفاً شمارهٔ درخواست و بعد کد پیگیری پرداخت را بنویسید:
    { $example }
admin-ask-reason =
    <b>رد برداشت شمارهٔ { $number }</b>
    همکار فروش: { $member }، { $amount }

    { $usual ->
        [yes] دلیل را انتخاب کنید یا خودتان بنویسید؛ همکار فروش آن را می‌خواند.
       *[no] لطفاً دلیل رد را بنویسید؛ همکار فروش آن را می‌خواند.
    } برای انصراف: { -cancel }
rejection-reason = { $why ->
    [wrong_account] شمارهٔ کارت یا شبا اشتباه است
    [other_name] حساب به نام شخص دیگری است
    [refunded] خریدهای آن برگشت خورده است
   *[duplicate] درخواست تکراری است
}
button-admin-reject-because = { rejection-reason }
button-admin-reject-own-words = دلیل را خودم می‌نویسم
admin-request-decided = { $kind ->
    [approved] تأیید: { $admin }، { $when }
    [paid] پرداخت: { $admin }، { $when }
   *[rejected] رد: { $admin }، { $when }
}
toast-admin-decided = { $state ->
    [approved] این درخواست را قبلاً { $admin } تأیید کرده است.
    [paid] این درخواست را قبلاً { $admin } پرداخت کرده است.
    [rejected] این درخواست را قبلاً { $admin } رد کرده است.
   *[cancelled] این درخواست را { $admin } لغو کرده است.
}
button-admin-approve-all = تأیید همهٔ منتظرها: { $count }
button-admin-batch-approved = تأیید { $count } مورد: { $amount }
button-admin-batch-rejected = رد { $count } مورد: { $amount }
admin-batch-confirm =
    { $count ->
        [0] <b>درخواستی برای { $verdict ->
            [approved] تأیید
           *[rejected] رد
        } نیست</b>
       *[other] <b>{ $verdict ->
            [approved] تأیید
           *[rejected] رد
        } { $count } درخواست، جمعاً { $amount }؟</b>
    }

    { $lines }
admin-batch-oldest = این‌ها { $count } درخواست قدیمی‌ترند؛ بقیه بعد از این‌ها.
admin-batch-line = شمارهٔ <b>{ $number }</b>: { $member }، { $amount }
admin-left-out = <b>کنار گذاشته شد: { $count } مورد</b>
admin-left-out-line = شمارهٔ { $number }: { $why ->
    [unknown] چنین شماره‌ای نیست
    [own] مال خودتان است و باید مدیر دیگری بررسی کند
    [approved] قبلاً تأیید شده
    [paid] قبلاً پرداخت شده
    [rejected] قبلاً رد شده
    [cancelled] لغو شده
   *[changed] در این فاصله تغییر کرده
}{ $named ->
    [yes] { " " }({ $admin })
   *[no] { "" }
}
admin-batch-done =
    { $count ->
        [0] <b>{ $verdict ->
            [approved] درخواستی تأیید نشد
           *[rejected] درخواستی رد نشد
        }</b>
       *[other] <b>{ $verdict ->
            [approved] تأیید شد
           *[rejected] رد شد
        }: { $count } درخواست، جمعاً { $amount }</b>
    }
    { $lines }
admin-ask-tracking =
    <b>پرداخت برداشت شمارهٔ { $number }</b>
    لطفاً { $amount } برای { $member } به این مقصد واریز کنید:
    { $destination }

    بعد کد پیگیری را همین‌جا بفرستید. برای انصراف: { -cancel }
notice-admin-gathered =
    <b>دربارهٔ برداشت‌ها { $count } خبر تازه هست</b>
    { $lines }
    { $reference_line }
gathered-withdrawal = { $state ->
    [cancelled] درخواست { $number } لغو شد: { $member }، { $amount }
   *[other] درخواست تازهٔ { $number }: { $member }، { $amount }
}
notice-admin-cancelled =
    درخواست برداشت شمارهٔ { $number } به مبلغ { $amount } را خود { $member } لغو کرد.
    { $reference_line }
refused-not_a_number = شمارهٔ درخواست درست نیست: { $word }. درخواست‌های باز اینجا هستند: { -pending }

## Admins: purchases, refunds, corrections

command-purchase = ثبت خرید
command-refund = ثبت بازگشت وجه یک سفارش
command-adjust = اصلاح حساب یک همکار فروش
button-admin-confirm = بله، ثبت شود
admin-card-dropped = لغو شد. چیزی تغییر نکرد.
admin-purchase-buyer =
    <b>چه کسی خرید کرده است؟</b>
    یکی را انتخاب کنید یا بنویسید چه کسی است. { -naming-people }

    همه را در یک خط هم می‌توانید بنویسید:
    { $examples }
    کلمهٔ آخر اگر رقم داشته باشد یا با # شروع شود شمارهٔ سفارش است. بقیهٔ کلمه‌ها نام محصول است.
admin-purchase-amount =
    <b>مبلغ خرید { $buyer } چقدر بود؟</b>
    خریدار: { $buyer } ({ $code })
    یکی از مبلغ‌ها را انتخاب کنید یا خودتان بنویسید.
admin-purchase-product =
    <b>خریدار { $buyer } چه چیزی خرید؟</b>
    مبلغ: { $amount }
    یکی از محصولات را انتخاب کنید یا نامش را بنویسید. شمارهٔ سفارش خود فروشگاه را بعد از نام و با # بنویسید.
button-admin-purchase = ثبت خرید
button-purchase-amount = { $amount }
button-purchase-choose = { $product }
button-purchase-no-product = بدون محصول
button-purchase-product = جزو نام محصول است: { $order }
admin-order-numbered = شماره‌اش را ربات می‌دهد
admin-purchase-confirm =
    <b>این خرید ثبت شود؟</b>
    خریدار: { $buyer } ({ $code })
    مبلغ: { $amount }
    محصول: { $product }
    سفارش: { $order }
    { $credited }
admin-unnamed-product = بدون نام
admin-credited = معرف خریدار { $sponsor } است و پورسانت به نام او ثبت می‌شود.
admin-credited-nobody = این خریدار معرفی ندارد و پورسانتی ثبت نمی‌شود.
admin-purchase-recorded =
    { $before ->
        [yes] <b>این سفارش قبلاً ثبت شده بود</b>
    پورسانتی دوباره ثبت نشد.
       *[no] <b>خرید ثبت شد</b>
    }
    خریدار: { $buyer }، { $amount }، سفارش { $order }

    { $commissions }
admin-commission-line = پورسانت { $member }: { $amount }، { $state ->
    [held] مشروط
    [pending] در انتظار
    [available] قابل برداشت
    [rejected] ردشده
   *[reversed] کامل برگشت خورد
}{ $part ->
    [part] { $state ->
        [reversed] { "" }
       *[other] ، که { $reversed } از آن برگشت خورد
    }
   *[none] { "" }
}
admin-order-nobody = پورسانتی ثبت نشد: { $why ->
    [no_sponsor] خریدار معرفی ندارد.
    [suspended] عضویت معرف تعلیق شده است.
    [window] از دعوت خریدار زمان زیادی گذشته است.
    [not_first] فقط اولین خرید هر دوست دعوت‌شده پورسانت دارد.
   *[nothing] مبلغی برای پورسانت نمانده بود.
}
admin-order-seller = پورسانت آن به نام { $seller } ثبت شد.
admin-usage-refund =
    لطفاً شمارهٔ سفارش را بنویسید و اگر همهٔ آن برنمی‌گردد، مبلغ را هم اضافه کنید:
    { $example }
    { $part }
admin-refund-confirm =
    <b>بازگشت وجه این سفارش ثبت شود؟</b>
    سفارش: { $order }
    خریدار: { $buyer }
    مبلغ سفارش: { $total }، که { $left } از آن مانده است
    مبلغ بازگشتی: { $amount }
    پورسانتی که برگشت می‌خورد: { $taken }
admin-refund-recorded =
    <b>بازگشت وجه ثبت شد: { $amount }</b>
    سفارش: { $order }

    { $commissions }
admin-ask-adjustment =
    { member-line }
    لطفاً مبلغ (برای کم کردن، منفی) و بعد دلیل را بنویسید. همکار فروش دلیل را می‌خواند.
    مثال: { $example } و بعد دلیل
    مثال: { $less } و بعد دلیل
admin-usage-adjust =
    لطفاً همکار فروش، مبلغ (برای کم کردن، منفی) و بعد دلیل را بنویسید. همکار فروش دلیل را می‌خواند.
    مثال: { $example } و بعد دلیل
    مثال: { $less } و بعد دلیل
admin-adjust-confirm =
    <b>این اصلاح حساب ثبت شود؟</b>
    { member-line }
    مبلغ اصلاح: { $amount }
    { reason-line }
    { available-now-line }
admin-adjust-recorded =
    <b>اصلاح حساب ثبت شد: { $amount }</b>
    همکار فروش: { $member }
    { reason-line }
    { available-now-line }
refused-nobody_found = کسی با این مشخصه پیدا نشد: { $word }. بخشی از نام، نام کاربری همراه با @ یا شمارهٔ سفارش را بنویسید یا پیامی از او را فوروارد کنید. او باید ربات را باز کرده باشد.
refused-several_fit = چند نفر با { $word } پیدا شدند. لطفاً نام کاربری همراه با @، شناسهٔ تلگرام یا کد او را بنویسید.
refused-account_hidden = حساب { $name } در پیام‌های فورواردشده پنهان است. از او بخواهید اینجا { -id } را بفرستد و کدش را به شما بدهد، یا مخاطبش را بفرستید یا بخشی از نامش را بنویسید.
refused-contact_without_account = برای مخاطب { $name } حسابی در تلگرام نیست. بخشی از نامش را بنویسید یا از او بخواهید اینجا { -id } را بفرستد و کدش را به شما بدهد.
refused-not_started = حساب { $name } هنوز ربات را باز نکرده است. لینکتان را برایش بفرستید و بعد دوباره امتحان کنید.
refused-buyer_of_shop = خریدار سفارش { $order } را فقط فروشگاه می‌شناسد و او ربات را باز نکرده است.
refused-nothing_written = چیزی ننوشتید. لطفاً بنویسید.
refused-too_long = این نوشته بلند است. حداکثر { $limit } حرف بنویسید.

## Admins: looking people and commissions up

command-member = اطلاعات یک نفر
button-admin-why = چرا { $number }؟
admin-usage-member =
    لطفاً بنویسید چه کسی: { $example }
    { -naming-people }
admin-matches =
    <b>منظورتان از { $sought } چه کسی است؟</b>
    { $people }

    یکی را انتخاب کنید یا نام را کامل‌تر بنویسید.
admin-match = – نام: { $name } ({ $handle })، { $fact }{ $blocked ->
    [yes] ، ربات را مسدود کرده است
   *[no] { "" }
}
admin-fact-order = خریدار سفارش { $order }
admin-fact-destination = کارت یا شبا: { $tail }
admin-fact-friend = معرف: { $sponsor }، از { $date }
admin-fact-member = همکار فروش از { $date }
admin-fact-alone = بدون لینک آمده است
admin-pick-friend = دوست { $sponsor }
button-admin-pick = انتخاب { $name } · { $fact }
admin-person =
    <b>نام: { $name }</b>
    شناسهٔ تلگرام: { $id }
    { $username }
    کد دعوت: { $code }
    { $sponsor }

    { $membership }

    <b>آخرین سفارش‌ها</b>
    { $orders }

    <b>آخرین پیام‌ها</b>
    { $messages }
admin-username = نام کاربری: { $username }
admin-no-username = نام کاربری: ندارد
admin-came-through = معرف: { $sponsor } ({ $code })، از { $date }
admin-came-alone = معرف: ندارد، بدون لینک دعوت آمده است.
admin-not-joined = هنوز همکار فروش نشده است.
admin-joined = همکار فروش از { $date }{ $suspended ->
    [yes] ، تعلیق‌شده
   *[no] { "" }
}
admin-balance =
    قابل برداشت: { $available }
    در انتظار: { $pending }
    مشروط: { $held }
    در حال تسویه: { $reserved }
    پرداخت‌شده: { $paid }
admin-friends = دوستان دعوت‌شده: { $came } نفر آمده، { $joined } همکار، { $bought } خریدار
admin-no-orders = هنوز سفارشی ندارد. پورسانت با خرید می‌آید.
admin-no-messages = هنوز پیامی نیست.
admin-message-line = { $kind ->
    [answer] پاسخ
    [broadcast] پیام همگانی
   *[notice] اعلان
}{ $named ->
    [yes] { " " }{ $reference }
   *[no] { "" }
}: { $fate ->
    [waiting] در نوبت ارسال
    [sending] در حال ارسال
    [sent] ارسال شد
    [blocked] ارسال نشد، ربات مسدود است
    [unknown] شاید رسیده باشد
    [declined] ارسال نشد، نخواسته است
    [cancelled] ارسال نشد، متوقف شد
   *[failed] ناموفق
}{ $unsure ->
    [yes] ، شاید بیش از یک بار
   *[no] { "" }
}{ $failed ->
    [yes] {" "}({ $problem })
   *[no] { "" }
}، { $when }
admin-order-line = سفارش { $order }: { $amount }{ $part ->
    [part] ، که { $refunded } از آن برگشته است
   *[none] { "" }
}، { $date }. { $outcome }
admin-usage-why =
    لطفاً شمارهٔ یک پورسانت، شمارهٔ یک سفارش یا نام یک نفر را بنویسید:
    { $examples }
admin-why-commission =
    <b>پورسانت شمارهٔ { $number }: { $amount }</b>
    همکار فروش: { $member }، { $date }

    { $lines }
admin-why-order =
    <b>سفارش { $order }</b>
    خریدار: { $buyer }
    مبلغ: { $amount }{ $part ->
        [part] ، که { $refunded } از آن برگشته است
       *[none] { "" }
    }
    زمان ثبت: { $date }{ $converted ->
        [yes] ، تبدیل از { $used }
       *[no] { "" }
    }

    { $commissions }
admin-step-opened = در { $date } لینک { $link } از { $member } را باز کرد و { $outcome ->
    [came] با آن آمد.
    [friend] از قبل دوست او بود.
    [elsewhere] قبلاً با لینک شخص دیگری آمده بود.
    [waiting] در حال بررسی است: { -aside }
    [dropped] مدیر نپذیرفت.
   *[member] از قبل همکار فروش بود.
}
admin-step-joined = در { $date } همکار فروش شد.
admin-step-bought = در { $date } اولین بار خرید کرد.
admin-step-no-order = هنوز خریدی نکرده است.
admin-why-person =
    <b>نام: { $name }</b> ({ $code })
    { $sponsor }

    { $steps }

    <b>آخرین سفارش‌ها</b>
    { $orders }
refused-nothing_found = پورسانت، سفارش یا فردی با این مشخصه پیدا نشد: { $word }

## Admins: commissions

command-commissions = پورسانت‌های منتظر تأیید
button-admin-commissions = پورسانت‌ها
button-admin-commissions-waiting = پورسانت‌های منتظر تأیید: { $count }
button-admin-commission = پورسانت { $number }
button-admin-reject-plainly = رد بدون دلیل
admin-usage-commissions =
    می‌توانید بنویسید:
    { $examples }
    بعد از دستور آخر می‌توانید دلیل را هم بنویسید. همکار فروش آن را می‌خواند.
admin-commissions-none = { $approval ->
    [manual] پورسانتی منتظر تأیید نیست. هر پورسانت تازه اینجا می‌آید.
   *[auto] پورسانت مشروط یا در انتظاری نیست. اینجا تأیید لازم نیست و هر پورسانت خودش قابل برداشت می‌شود.
}
admin-commissions =
    { $approval ->
        [manual] <b>پورسانت‌های منتظر تأیید: { $total }</b>
       *[auto] <b>پورسانت‌های مشروط و در انتظار: { $total }</b>
    تأیید لازم نیست، اما تا قابل برداشت نشده‌اند می‌شود آن‌ها را رد کرد.
    }

    { $commissions }
admin-commissions-of =
    <b>پورسانت‌های { $member } که منتظرند</b>
    { $commissions }
admin-commissions-none-of = پورسانتی از { $member } منتظر نیست.
admin-commissions-line = شمارهٔ <b>{ $number }</b>: { $member }، { $amount }، { $origin }، { $state ->
    [held] مشروط
   *[pending] در انتظار با سررسید { $until }
}
button-admin-approve-some = به تفکیک همکار یا زمان
button-admin-approve-member = { $member }
button-admin-approve-older = قدیمی‌تر از { $days } روز
admin-approvals-by-member = <b>به تفکیک همکار فروش</b>
admin-approvals-line = از { $member }: { $count } مورد، { $amount }
admin-approvals-members = { $count ->
    [0] <b>پورسانتی منتظر تأیید شما نیست</b>
   *[other] <b>پورسانت‌های منتظر تأیید شما: { $count } مورد، جمعاً { $amount }</b>
}
    { $lines }
admin-approvals-oldest = این‌ها { $count } پورسانت قدیمی‌ترند؛ بقیه بعد از این‌ها.
admin-approvals-confirm =
    { $count ->
        [0] <b>پورسانتی برای تأیید نیست</b>
       *[other] <b>تأیید { $count } پورسانت، جمعاً { $amount }؟</b>
    }

    { $lines }
admin-approvals-done =
    { $count ->
        [0] <b>پورسانتی تأیید نشد</b>
       *[other] <b>تأیید شد: { $count } پورسانت، جمعاً { $amount }</b>
    }
    { $lines }
admin-commissions-auto = اینجا پورسانت‌ها تأیید لازم ندارند و خودشان قابل برداشت می‌شوند.
admin-commission-own = این پورسانت خودتان است و باید مدیر دیگری بررسی‌اش کند.
admin-commission-approved = مدیر آن را تأیید کرده است.
admin-ask-commission-reason =
    <b>رد پورسانت شمارهٔ { $number }</b>
    همکار فروش: { $member }، { $amount }

    لطفاً دلیل را بنویسید؛ همکار فروش آن را می‌خواند. یا بدون دلیل رد کنید. برای انصراف: { -cancel }

## Buying in the chat, and payments

command-buy = خرید در همین‌جا
button-buy = خرید { $title } · { $price }
buy-nothing = در این گفتگو چیزی برای فروش نیست.
buy-card =
    <b>اینجا می‌توانید بخرید</b>

    { $products }
buy-landing =
    <b>این لینک برای این محصول است</b>

    { $products }
buy-line = محصول: <b>{ $title }</b> · { $price }
buy-description = { $description }
checkout-gone = این محصول دیگر فروخته نمی‌شود. پولی از شما کم نشد.
checkout-price = قیمت عوض شده است. لطفاً دوباره { "\u2066" }/buy{ "\u2069" } را باز کنید. پولی از شما کم نشد.
checkout-currency = این پرداخت الان ممکن نیست. پولی از شما کم نشد.
payment-received =
    <b>از خرید شما ممنونیم!</b>
    خرید شما: { $product }، { $amount }
    رسید: { $order }
payment-given-back =
    <b>پولتان برگشت داده شد</b>
    خرید شما: { $product }، { $amount }
    رسید: { $order }
admin-payment-not-recorded = مبلغ { $amount } را { $buyer } پرداخته است ({ $order })، اما در تنظیمات برای این ارز نرخی نیست. نرخ را در [exchange] بنویسید، ربات را دوباره راه بیندازید و خرید را ثبت کنید: { -purchase }
admin-refund-of-unknown = مبلغ { $amount } به { $buyer } برگشت ({ $order })، اما چنین سفارشی در حساب‌ها نیست.
admin-refund-asked =
    <b>از تلگرام خواسته شد ستاره‌های { $buyer } را برگرداند</b>
    سفارش { $order }. همین که تلگرام بازگشت را خبر دهد، پورسانت‌ها برگشت می‌خورد.
refused-number_of_shop = شماره‌هایی که با { $prefix } شروع می‌شوند از فروشگاه یا خود ربات‌اند و سفارش‌هایشان خودکار ثبت می‌شود. لطفاً شمارهٔ دیگری بنویسید.
refused-stars_in_parts = تلگرام ستاره‌ها را فقط کامل برمی‌گرداند. لطفاً مبلغ را ننویسید.
## Files of orders

import-rows = تعداد سطرهای فایل: { $rows }
import-found = { $orders ->
    [0] سفارش تازه‌ای در این فایل نیست.
   *[other] سفارش‌های تازه: { $orders }، جمعاً { $total }
}
import-repeated = سفارش‌های تکراری که دوباره ثبت نمی‌شوند: { $orders }
import-wrong = سطرهای اشتباه که سفارششان ثبت نمی‌شود: { $lines }
import-recorded = { $orders ->
    [0] سفارشی ثبت نشد.
   *[other] سفارش‌های ثبت‌شده: { $orders }، جمعاً { $total }
}
import-own = سفارش‌هایی که به خودتان پورسانت می‌دهد و باید مدیر دیگری ثبت کند: { $orders }
import-column = { $column ->
    [order] سفارش
    [buyer] خریدار
    [amount] مبلغ
    [at] تاریخ
    [product] محصول
    [category] دسته
   *[quantity] تعداد
}
import-problem = { $code ->
    [missing] سطر { $line }: ستون «{ $column }» خالی است.
    [not_an_amount] سطر { $line }: { $value } مبلغی به { $currency } نیست.
    [not_a_count] سطر { $line }: { $value } عدد صحیح بزرگ‌تر از صفر نیست.
    [not_a_time] سطر { $line }: { $value } تاریخ نیست.
    [too_long] سطر { $line }، ستون { $cell }: «{ $column }» بیش از ۶۴ حرف دارد: { $value }
    [too_many_cells] سطر { $line }، ستون { $cell }: ستون { $value } عنوان ندارد.
    [changed_number] سطر { $line }، ستون { $cell }: نرم‌افزار صفحه‌گسترده عدد { $value } را تغییر داده است. لطفاً قالب این ستون را متن کنید، عدد را دوباره بنویسید و فایل را دوباره ذخیره کنید.
    [formula] سطر { $line }، ستون { $cell }: { $value } فرمول یا پیام خطای صفحه‌گسترده است.
    [lost_letters] سطر { $line }، ستون { $cell }: حرف‌های { $value } از بین رفته است. لطفاً فایل را با یونیکد ذخیره کنید.
    [split_amount] سطر { $line }: آیا { $value } یک مبلغ است؟ لطفاً مبلغ را بدون ویرگول بین هزارگان بنویسید.
    [too_many_lines] سطر { $line }: سفارش { $value } سطرهای خیلی زیادی دارد.
    [unknown_buyer] سطر { $line }: { $value } را نمی‌شناسم. افراد را با کد دعوت، @username یا شناسهٔ تلگرام بنویسید.
    [other_buyer] سطر { $line }: { $value } با خریدار سطر اول همین سفارش یکی نیست.
    [number_of_shop] سطر { $line }: { $value } شمارهٔ سفارش‌های فروشگاه یا خود ربات است که خودشان ثبت می‌شوند. شمارهٔ دیگری بنویسید.
   *[other_content] سطر { $line }: سفارش { $value } از قبل با خریدار یا سطرهای دیگری ثبت شده است.
}
import-unreadable = { $code ->
    [no_text] در این فایل متنی برای خواندن نیست.
    [no_header] سطر اول باید نام ستون‌ها باشد: order، buyer، amount.
    [unknown_column] سطر اول ستونی دارد که نمی‌شناسم یا دو بار آمده است: { $value }
    [unclosed_quote] سطر { $line }: علامت نقل‌قول (") در این سطر بسته نشده است. چیزی از فایل خوانده نشد.
    [stray_quote] سطر { $line }: بعد از بسته شدن علامت نقل‌قول (") نوشتهٔ دیگری آمده است. چیزی از فایل خوانده نشد.
    [cell_too_large] سطر { $line }: یکی از خانه‌های این سطر خیلی بلند است. چیزی از فایل خوانده نشد.
   *[missing_column] سطر اول باید ستون‌های order، buyer و amount را داشته باشد. { $value } نیست.
}
import-lines = { $lines }
## Friends: gifts, shared links, invitations that are looked at

-aside = { "\u2066" }/aside{ "\u2069" }
command-claim = هدیه‌ها و کدهای تخفیف من
button-gifts = هدیه‌های من
button-copy-gift = کپی کد تخفیف
gift-at-hand = هدیهٔ شما: <b>{ $title }</b>
gift-ahead = بعد از اولین خرید هدیه می‌گیرید: <b>{ $title }</b>
gift-shared = تخفیف { $discount }
gift-gone = هدیه
gift-title = <b>هدیه: { $title }</b>
gift-code = کد تخفیف: { $code }
gift-text = متن هدیه: { $text }
gift-ask = لطفاً آن را از ما بخواهید.
gift-until = اعتبار تا { $until }.
gift-used = در { $date } استفاده شد: { $code }
gift-expired = اعتبار آن در { $date } تمام شد.
gift-waiting = کد شما آماده می‌شود. همین‌جا خبر می‌دهیم.
gift-withheld = { $reason ->
    [known] این هدیه برای دوستان تازه است و شما پیش از آمدن با لینک هم با ما بودید.
    [same_account] این هدیه برای دوستان است و تسویهٔ شما و معرفتان به یک کارت یا حساب می‌رود.
   *[other] این هدیه به شما تعلق نمی‌گیرد.
}
gift-block =
    {""}
    { $lines }
claim-card =
    <b>هدیه‌های شما</b>
    { $gifts }
claim-nothing = هنوز هدیه‌ای ندارید. اگر فروشگاه هدیه‌ای گذاشته باشد، دوستان با آمدن از لینک دعوت آن را می‌گیرند. برای دعوت دوستانتان، لینکتان با دکمهٔ زیر.
notice-gift =
    <b>یک هدیه دارید</b>
    { $gift }
notice-gift-withheld =
    <b>این هدیه به شما تعلق نمی‌گیرد: { $title }</b>
    { $reason ->
        [known] این هدیه برای دوستان تازه است و شما پیش از آمدن با لینک هم با ما بودید.
        [same_account] این هدیه برای دوستان است و تسویهٔ شما و معرفتان به یک کارت یا حساب می‌رود. اگر اشتباهی شده است، لطفاً به ما بگویید.
       *[other] لطفاً از ما بپرسید.
    }
button-split = تخفیف به دوستان
button-split-part = دوست { $discount } · شما { $commission }
button-split-another = تقسیم دیگر
share-of-nobody = همکاران فروش می‌توانند بخشی از پورسانتشان را به دوستانشان تخفیف بدهند. اول لینک دعوتتان را بگیرید.
share-card =
    <b>تخفیف به دوستان</b>
    از هر خرید { $budget } در اختیار شماست: بخشی تخفیف دوستتان می‌شود و بقیه پورسانت شماست.

    دوستتان چقدر تخفیف بگیرد؟ هر انتخاب یک لینک جدا با درصد ثابت است.
share-link-card =
    <b>سهم دوستتان { $discount }، سهم شما { $commission }</b>
    { $link }
    کد دعوت: { $code }

    { $kind ->
        [none] هر کس با این لینک بیاید از شما تخفیفی نمی‌گیرد؛ شما { $commission } از خریدش پورسانت می‌گیرید.
       *[some] هر کس با این لینک بیاید یک بار کد تخفیف { $discount } می‌گیرد و شما { $commission } از خریدش پورسانت می‌گیرید.
    }
aside-waiting = دعوت شما از طرف { $inviter } در حال بررسی است. این بررسی معمول است و مشکلی از طرف شما نیست. همین‌جا خبر می‌دهیم.
aside-dropped-before = دعوت شما از طرف { $inviter } بررسی شد و پذیرفته نشد. دوست دیگری می‌تواند شما را دعوت کند.
aside-before-joining = دعوت شما در حال بررسی است. بعد از آن می‌توانید لینک خودتان را بگیرید؛ همین‌جا خبر می‌دهیم.
notice-aside =
    <b>یکی از دعوت‌های شما در حال بررسی است</b>
    دوست شما { $friend } لینکتان را باز کرد. { $reason ->
        [burst] در یک ساعت بیشتر از معمول دوست آمد؛ این دعوت و دعوت‌های بعدی را اول بررسی می‌کنیم.
        [ring] در زنجیرهٔ معرف‌هایتان هنوز خریدی ثبت نشده؛ اول بررسی می‌کنیم.
        [one_account] اول باید حساب تسویه‌ای در زنجیرهٔ شما بررسی شود.
       *[other] اول بررسی می‌کنیم.
    } چیزی از دست نمی‌رود: اگر همه چیز درست باشد پذیرفته می‌شود و به شما خبر می‌دهیم.
notice-released-friend = دعوت شما بررسی و پذیرفته شد: معرف شما { $inviter } است.
notice-released-too-late = دعوت شما از طرف { $inviter } بررسی شد، اما در این فاصله با لینک شخص دیگری آمده‌اید و معرفتان عوض نمی‌شود.
notice-dropped-friend =
    دعوت شما از طرف { $inviter } بررسی شد و پذیرفته نشد.
    { reason-line }
notice-dropped-member =
    { $count ->
        [one] دعوت دوست شما { $friend } بررسی شد و پذیرفته نشد.
       *[other] تعداد { $count } دعوت شما (از جمله { $friend }) بررسی شد و پذیرفته نشد.
    }
    { reason-line }
notice-admin-aside =
    <b>دعوت‌های منتظر بررسی</b>
    دوست تازه، { $friend }، با لینک { $member } آمد. { $reason ->
        [burst] در یک ساعت بیشتر از معمول دوست با لینک این همکار آمده است.
        [ring] همکاران این زنجیره فقط یکدیگر را آورده‌اند و هیچ‌کدام چیزی نخریده و نفروخته‌اند.
        [one_account] در این زنجیره تسویهٔ دو همکار به یک کارت یا حساب می‌رود.
       *[other] لطفاً بررسی کنید.
    }
    موارد بعدی بدون پیام به فهرست اضافه می‌شوند: { -aside }
command-aside = دعوت‌های منتظر بررسی
button-admin-asides = دعوت‌های منتظر بررسی: { $count }
button-admin-asides-list = دعوت‌های منتظر بررسی
button-admin-aside = دعوت { $number }
button-admin-release = پذیرفتن
button-admin-leave-out = نپذیرفتن
button-admin-release-all = پذیرفتن هر { $count } دعوت این همکار
button-admin-leave-out-all = نپذیرفتن هر { $count } دعوت
toast-admin-aside = { $decision ->
    [released] پذیرفته شد: { $count }
   *[dropped] پذیرفته نشد: { $count }
}
admin-aside-decided = { $decision ->
    [released] { $count ->
        [one] این دعوت پذیرفته شد و از این به بعد حساب می‌شود.
       *[other] تعداد { $count } دعوت پذیرفته شد و از این به بعد حساب می‌شود.
    }
   *[dropped] { $count ->
        [one] این دعوت پذیرفته نشد. دلیل را به هر دو گفتیم.
       *[other] تعداد { $count } دعوت پذیرفته نشد. دلیل را به همه گفتیم.
    }
}
admin-asides-none = دعوتی منتظر بررسی نیست.
admin-asides =
    <b>دعوت‌های منتظر بررسی: { $total }</b>

    { $asides }
admin-asides-line = شمارهٔ <b>{ $number }</b>: { $friend } با لینک { $member }، { $reason ->
    [burst] خیلی‌ها با هم
    [ring] زنجیره‌ای بدون خرید و فروش
    [one_account] یک حساب برای دو نفر
   *[other] منتظر بررسی
}
admin-aside =
    <b>دعوت شمارهٔ { $number }</b>
    دوست: { $friend } ({ $friend_code })
    همکار فروش: { $member } ({ $member_code })
    باز کردن لینک: { $date }

    { $reason ->
        [burst] در یک ساعت بیشتر از حد معمول در تنظیمات، دوست با لینک این همکار آمده است.
        [ring] بالای این دوست فقط همکارانی هستند که یکدیگر را آورده‌اند و هیچ‌کدام نه چیزی خریده و نه به دوستان چیزی فروخته‌اند.
        [one_account] تسویهٔ دو نفر از همکاران بالای این دوست به یک کارت یا شبا می‌رود.
       *[other] لطفاً بررسی کنید.
    }
    { $decision ->
        [released] پذیرفته شده است و حساب می‌شود.
        [dropped] پذیرفته نشده است و حساب نمی‌شود.
       *[none] تا تصمیم بگیرید، این دوست معرفی ندارد و خریدهایش به کسی پورسانت نمی‌دهد.
    }
admin-ask-aside-reason = { $count ->
    [one] چرا دعوت { $friend } از طرف { $member } پذیرفته نمی‌شود؟ هر دو دلیل را می‌خوانند. برای انصراف: { -cancel }
   *[other] چرا { $count } دعوت از طرف { $member } پذیرفته نمی‌شود؟ همه دلیل را می‌خوانند. برای انصراف: { -cancel }
}
admin-usage-aside =
    می‌توانید بنویسید:
    { $examples }
refused-unknown_aside = دعوتی با شمارهٔ { $number } برای بررسی نیست.
refused-aside_decided = دربارهٔ این دعوت قبلاً تصمیم گرفته شده است.
refused-own_aside = دعوت‌های خودتان را باید مدیر دیگری بررسی کند.

## Shops

-purchase = { "\u2066" }/purchase{ "\u2069" }
-refund = { "\u2066" }/refund{ "\u2069" }
-adjust = { "\u2066" }/adjust{ "\u2069" }
command-shop = وصل کردن حساب فروشگاه
button-copy-token = کپی رمز
shop-token =
    <b>حساب شما در فروشگاه</b>
    این رمز را یک بار در کادر «کد معرف» فروشگاه یا هنگام پرداخت وارد کنید:
    { $token }
    از آن به بعد خریدهایتان به نام خودتان ثبت می‌شود. این رمز یک روز و برای یک حساب اعتبار دارد و معرف شما عوض نمی‌شود.
admin-wrong-secret = { $reason ->
    [wrong_secret]
        <b>درخواست‌هایی با رمز اشتباه پشت سر هم می‌رسند: { $shop }</b>
        این درخواست‌ها رد می‌شوند و سفارش‌هایشان ثبت نمی‌شود. اگر از فروشگاه خودتان است، رمزی را که نشان می‌دهد با رمز بخش [shops] در تنظیمات مقایسه کنید. اگر نیست، کسی رمز را حدس می‌زند؛ رمزی با حداقل ۱۶ حرف حدس‌زدنی نیست.
    [wrong_signature]
        <b>وب‌هوک‌هایی با امضای اشتباه پشت سر هم می‌رسند: { $shop }</b>
        این وب‌هوک‌ها رد می‌شوند و سفارش‌هایشان ثبت نمی‌شود؛ ووکامرس بعد از پنج بار رد شدن پشت سر هم، وب‌هوک را خاموش می‌کند. رمز وب‌هوک را در ووکامرس (تنظیمات، پیشرفته، وب‌هوک‌ها) با رمز بخش [shops] در تنظیمات مقایسه کنید؛ رمزی که فقط حرف لاتین و رقم دارد مطمئن‌تر است. سرویسی که در راه متن را تغییر دهد هم امضا را خراب می‌کند.
   *[other]
        <b>وب‌هوک‌هایی بدون امضای خوانا پشت سر هم می‌رسند: { $shop }</b>
        این وب‌هوک‌ها رد می‌شوند و سفارش‌هایشان ثبت نمی‌شود؛ ووکامرس بعد از پنج بار رد شدن پشت سر هم، وب‌هوک را خاموش می‌کند. رمز وب‌هوک را در ووکامرس (تنظیمات، پیشرفته، وب‌هوک‌ها) ببینید و این را که وب‌سرور بین راه هدر <code>X-WC-Webhook-Signature</code> را حذف نکند.
}
    آخرین بار از { $address }

admin-shop-problems =
    <b>همین وضع برای { $count } سفارش { $shop } پیش آمده است</b>
    { $orders }
shop-problem-order = سفارش { $order }

admin-shop-problem = { $kind ->
    [no_rate]
        <b>سفارشی ثبت نشد: { $order }</b>
        مبلغ آن { $total } است و در بخش [exchange] تنظیمات برای این ارز نرخی نیست. نرخ را که بنویسید و ربات را دوباره راه بیندازید، فروشگاه می‌تواند آن را دوباره بفرستد.
    [worthless]
        <b>سفارشی ثبت نشد: { $order }</b>
        مبلغ آن به پول برنامه صفر می‌شود یا بزرگ‌تر از آن است که بشود ثبت کرد.
    [conflict]
        <b>سفارشی ثبت نشد: { $order }</b>
        سفارش دیگری با همین شماره و محتوای دیگر ثبت شده است.
    [unreadable]
        <b>سفارشی خوانده نشد: { $order }</b>
        آنچه فروشگاه { $shop } دربارهٔ آن فرستاد درست نبود: { $reason }
        اگر کلیدهای فروشگاه در تنظیمات باشد، هر ساعت دوباره پرسیده می‌شود. فهرست موارد باز را دستور <code>moaref shop problems</code> نشان می‌دهد.
    [more_left]
        <b>لطفاً سفارش { $order } را ببینید</b>
        در فروشگاه { $shop } بیش از آنچه ثبت شده از این سفارش مانده است: بازگشت وجهی پس گرفته شده، سفارشی لغوشده زنده شده یا چیزی اضافه شده است. آنچه از همکاران فروش برگشته همان می‌ماند؛ اگر طلبی دارند با { -purchase } ثبت کنید.
    [currency_changed]
        <b>لطفاً سفارش { $order } را ببینید</b>
        این سفارش به { $recorded } ثبت شده و حالا در فروشگاه { $shop } به { $currency } است. پورسانت‌ها تغییری نکرده‌اند؛ وجهی که از این به بعد برگردد به نسبت کل سفارش حساب می‌شود. اگر مبلغ هم عوض شده است، آن را با { -refund } یا { -adjust } ثبت کنید.
    [late_friend]
        <b>لطفاً سفارش { $order } را ببینید</b>
        خریدار با کد یا حسابی که بعداً به سفارش اضافه شد، دوست دعوت‌شدهٔ { $sponsor } شده است. سفارش پیش از آن ثبت شده بود و پورسانتی نداشت؛ خریدهای بعدی او حساب می‌شود. اگر می‌خواهید برای این سفارش هم چیزی به معرف برسد، از { -adjust } استفاده کنید.
    [child_given_back]
        <b>لطفاً سفارش { $order } را ببینید</b>
        فروشگاه { $shop } وجه آن را برگردانده یا لغوش کرده است. این سفارش بخشی از { $parent } است و پورسانت آن سفارش تا وقتی فروشگاه وجه خود آن را برنگرداند همان می‌ماند. اگر برنمی‌گرداند، مبلغ را با { -refund } ثبت کنید.
    [number_taken]
        <b>سفارشی ثبت نشد: { $order }</b>
        سفارش دیگری با همین شماره دستی یا از فایل ثبت شده است. اگر همان خرید است، بازگشت وجه آن را هر بار با { -refund } ثبت کنید. اگر خرید دیگری است، سفارش فروشگاه را با { -purchase } و شماره‌ای ثبت کنید که با نام فروشگاه شروع نشود.
    [reward_twice]
        <b>لطفاً سفارش { $order } را ببینید</b>
        فروشگاه { $shop } کد تخفیفی را پذیرفته که قبلاً برای سفارش دیگری استفاده شده بود.
    [reward_of_another]
        <b>لطفاً سفارش { $order } را ببینید</b>
        فروشگاه { $shop } کد تخفیفی را پذیرفته که به کسی جز خریدار داده شده بود.
    [deleted]
        <b>لطفاً سفارش { $order } را ببینید</b>
        این سفارش در فروشگاه { $shop } پاک شده است. پورسانت‌ها تغییری نکرده‌اند؛ اگر وجه آن برگشته، با { -refund } ثبت کنید.
   *[other]
        <b>لطفاً سفارش { $order } را ببینید</b>
        آنچه فروشگاه { $shop } دربارهٔ آن گفت ثبت نشد.
}

admin-shop-problems-none = سفارشی از فروشگاه‌ها نیاز به بررسی ندارد.
admin-shop-problem-list =
    <b>مشکلات فروشگاه: { $total }</b>

    { $problems }
button-admin-shop-problem-settled = بررسی شد: { $order }
toast-admin-shop-problem-settled = از فهرست برداشته شد.

## Pages of the web

web-unknown-title = این لینک شناخته نشد
web-unknown = کد آن از کسی نیست یا اشتباه نوشته شده است. از دوستتان بخواهید دوباره بفرستد.
web-to-the-bot = باز کردن ربات
## Admins: broadcasts

command-broadcast = پیام همگانی به همه یا گروهی از افراد
button-admin-broadcasts = پیام‌های همگانی
button-broadcast = پیام { $number }
button-broadcast-new = پیام همگانی تازه
button-broadcast-write = متن { $language }
button-broadcast-audience = گیرندگان
button-broadcast-drop-photo = بدون عکس
button-broadcast-preview = پیش‌نمایش
button-broadcast-test = ارسال آزمایشی به خودم
button-broadcast-start = ارسال
button-broadcast-drop = حذف پیش‌نویس
button-broadcast-confirm = بله، ارسال شود
button-broadcast-pause = توقف موقت
button-broadcast-resume = ادامه
button-broadcast-refresh = به‌روزرسانی
button-broadcast-cancel = توقف کامل
button-broadcast-cancel-yes = بله، متوقف شود
button-broadcast-language = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $readers ->
    [some] { $language }
   *[any] همهٔ زبان‌ها
}
button-broadcast-rank = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $ranked ->
    [yes] رتبهٔ { $rank }
   *[no] همهٔ رتبه‌ها
}
button-broadcast-activity = { $chosen ->
    [yes] ✓{ " " }
   *[no] { "" }
}{ $value ->
    [active7] فعال در ۷ روز اخیر
    [active30] فعال در ۳۰ روز اخیر
    [away30] بدون فعالیت در ۳۰ روز اخیر
    [joined] همکاران فروش
    [not_joined] هنوز همکار نشده
    [bought] خرید کرده
    [never_bought] هنوز خرید نکرده
   *[any] همهٔ افراد
}
admin-usage-broadcast =
    این دستورها را می‌توانید بنویسید:
    { $examples }
admin-broadcasts-none = هنوز پیام همگانی نوشته نشده است. این پیام به همهٔ کسانی که ربات را شروع کرده‌اند یا گروهی از آن‌ها می‌رسد.
admin-broadcasts =
    <b>پیام‌های همگانی: { $total }</b>

    { $broadcasts }
admin-broadcast-line = پیام <b>{ $number }</b>: { $author }، { $date }، { $state ->
    [draft] هنوز ارسال نشده
    [running] در حال ارسال، { $sent } از { $people }
    [paused] موقتاً متوقف، { $sent } از { $people }
    [cancelled] متوقف‌شده، { $sent } از { $people }
   *[done] ارسال‌شده، { $sent } از { $people }
}
admin-broadcast-draft =
    <b>پیام همگانی شمارهٔ { $number }: هنوز ارسال نشده</b>
    { audience-line }
    { people-line }
    { $texts }
    { pace-line }
admin-broadcast-texts = { $written ->
    [all] متن: { $languages }
    [some] متن: { $languages }، برای { $others }‌زبانان هم همین
   *[none] متن: هنوز نوشته نشده
}{ $photo ->
    [yes] ، همراه عکس
   *[no] { "" }
}
admin-broadcast-to = { $readers ->
    [some] { $language }‌زبانان
   *[any] { $activity ->
        [joined] همهٔ همکاران فروش
       *[other] همه
    }
}{ $ranked ->
    [yes] { "" } با رتبهٔ { $rank }
   *[no] { "" }
}{ $activity ->
    [active7] ، فعال در ۷ روز اخیر
    [active30] ، فعال در ۳۰ روز اخیر
    [away30] ، بدون فعالیت در ۳۰ روز اخیر
    [joined] { $readers ->
        [some] ، همکاران فروش
       *[any] { "" }
    }
    [not_joined] ، کسانی که هنوز همکار نشده‌اند
    [bought] ، کسانی که خرید کرده‌اند
    [never_bought] ، کسانی که هنوز خرید نکرده‌اند
   *[any] { "" }
}
admin-duration = { $unit ->
    [seconds] حدود { $count } ثانیه
    [minutes] حدود { $count } دقیقه
   *[hours] حدود { $count } ساعت
}
admin-broadcast-ask-text =
    <b>پیام همگانی شمارهٔ { $number }</b>
    لطفاً متن { $language } را بفرستید. نوشتهٔ پررنگ، لینک و مانند آن همان‌طور می‌ماند. عکس هم می‌توانید بفرستید و متن را زیر آن بنویسید. برای انصراف: { -cancel }
admin-broadcast-preview = <b>برای { $language }‌زبانان:</b>
admin-broadcast-audience =
    <b>پیام همگانی شمارهٔ { $number } به چه کسانی برسد؟</b>
    { audience-line }
    { people-line }
admin-broadcast-confirm =
    <b>پیام همگانی شمارهٔ { $number } همین حالا ارسال شود؟</b>
    { audience-line }
    تعداد: { $people }
    { pace-line }

    پیام بعد از ارسال پس گرفته نمی‌شود.
admin-broadcast-cancel =
    { $state ->
        [draft] <b>پیش‌نویس پیام { $number } حذف شود؟</b>
    برای کسی ارسال نشده است.
       *[other] <b>ارسال پیام { $number } کامل متوقف شود؟</b>
    تا الان به { $sent } نفر رسیده است. به کس دیگری نمی‌رسد و نمی‌شود ادامه‌اش داد.
    }
admin-broadcast-dropped = پیش‌نویس { $number } حذف شد.
admin-broadcast =
    <b>پیام همگانی شمارهٔ { $number } { $state ->
        [running] در حال ارسال است
        [paused] موقتاً متوقف است
        [cancelled] کامل متوقف شد
       *[done] ارسال شد
    }{ $gathered ->
        [yes] : { $done } از { $people }
       *[no] { "" }
    }</b>
    { audience-line }
    { $lines }
admin-broadcast-count = { $kind ->
    [sent] ارسال‌شده: { $count }
    [blocked] ربات را مسدود کرده‌اند: { $count }
    [failed] تلگرام نپذیرفت: { $count }
    [unknown] شاید رسیده باشد و تکرار نمی‌شود: { $count }
    [declined] دیگر نخواسته‌اند: { $count }
   *[left] ارسال‌نشده: { $count }
}
admin-broadcast-left = باقی‌مانده: { $count }، { $duration }
admin-broadcast-gathering = فهرست گیرندگان هنوز کامل نشده است.
refused-unknown_zone = منطقهٔ زمانی { $word } را نمی‌شناسم. لطفاً نام شهر را به انگلیسی بنویسید، مثل { -settings-of-a-city }
refused-unknown_broadcast = پیام همگانی شمارهٔ { $word } پیدا نشد. همهٔ آن‌ها اینجا هستند: { -broadcast }
refused-nothing_to_send = این پیام هنوز متنی ندارد. لطفاً اول متن را بنویسید.

## Broadcasts, as people get them

button-broadcast-stop = این پیام‌ها را نمی‌خواهم
button-broadcasts-again = دوباره دریافت می‌کنم
broadcasts-stopped =
    پیام‌های همگانی دیگر برای شما فرستاده نمی‌شود.
    خبرهای حساب خودتان مثل قبل می‌رسد.
broadcasts-again = پیام‌های همگانی دوباره برای شما فرستاده می‌شود.

command-import = ثبت فایل سفارش‌ها
button-import-record = ثبت { $orders } سفارش
button-import-drop = ثبت نشود
admin-import-usage =
    <b>سفارش‌ها از یک فایل</b>
    فایل را به شکل CSV همین‌جا بفرستید. سطر اول آن نام ستون‌هاست: سفارش، خریدار، مبلغ؛ و اگر هست تاریخ، محصول، دسته، تعداد.
    { $example }

    اول بررسی‌اش می‌کنم و تا تأیید نکنید چیزی ثبت نمی‌شود. هر سفارش فقط یک بار حساب می‌شود.
admin-import-looking = در حال بررسی { $name }
admin-import-found =
    فایل: <b>{ $name }</b>
    { $lines }
admin-import-begun = سفارش‌ها را ثبت می‌کنم. پیشرفت کار همین‌جا نشان داده می‌شود.
admin-import-dropped = چیزی ثبت نشد.
admin-import-progress =
    <b>ثبت‌شده تا اینجا: { $part }</b>
    { $lines }
admin-import-done = { admin-import-found }
import-file-gone = تلگرام دیگر این فایل را ندارد. لطفاً دوباره بفرستید.
refused-file_too_large = تلگرام فایل‌های بزرگ‌تر از { $megabytes } مگابایت را به من نمی‌دهد. لطفاً آن را تقسیم کنید یا روی سرور moaref import را اجرا کنید.

## Admins: suspending and reinstating members

command-suspend = تعلیق عضویت یک همکار فروش
command-reinstate = برقراری دوبارهٔ عضویت تعلیق‌شده
button-admin-suspend = تعلیق عضویت
button-admin-suspend-member = تعلیق عضویت معرف
button-admin-reinstate = برقراری دوبارهٔ عضویت
button-admin-suspend-confirm = بله، تعلیق شود
button-admin-reinstate-confirm = بله، برقرار شود
admin-usage-suspend =
    لطفاً همکار فروش و بعد دلیل را بنویسید؛ او دلیل را می‌خواند.
    مثال: { $example } و بعد دلیل
admin-usage-reinstate =
    لطفاً همکار فروش و اگر خواستید دلیل را بنویسید:
    { $example }
admin-ask-suspension-reason =
    <b>تعلیق عضویت { $member }</b>
    { $means }

    لطفاً دلیل را بنویسید؛ او آن را می‌خواند. برای انصراف: { -cancel }
admin-membership-confirm =
    <b>{ $act ->
        [suspend] عضویت این همکار فروش تعلیق شود؟
       *[reinstate] عضویت این همکار فروش دوباره برقرار شود؟
    }</b>
    { member-line }
    { reason-line }

    { $means }
admin-membership-done =
    <b>{ $act ->
        [suspend] عضویت تعلیق شد
       *[reinstate] عضویت دوباره برقرار شد
    }</b>
    { member-line }
    { reason-line }
suspension-sales = – خرید دوستانش به کسی پورسانت نمی‌دهد؛ نه به خودش و نه به بالادستی‌ها.
suspension-levels = – سهم او از فروش زیرمجموعه { $unqualified ->
    [hold] تا برقراری دوبارهٔ عضویت مشروط می‌ماند{ $chain ->
        [yes] {" "}و سهم همهٔ بالادستی‌هایش هم همین‌طور
       *[no] {""}
    }.
    [house] به کسی پرداخت نمی‌شود{ $chain ->
        [yes] {" "}و سهم همهٔ بالادستی‌هایش هم همین‌طور
       *[no] {""}
    }.
    [seller] برای فروشنده می‌ماند.
   *[compress] به نزدیک‌ترین بالادستی واجد شرایط می‌رسد.
}
suspension-pairing = – دوره‌هایی که در این مدت بسته می‌شوند چیزی به او نمی‌دهند؛ حجم فروش دو دستش حساب می‌شود.
suspension-balance = – موجودی‌اش مال خودش می‌ماند: { $available } قابل برداشت، { $pending } در انتظار، { $held } مشروط؛ اما نمی‌تواند برداشت کند.
suspension-requests = – { $count ->
    [one] یک درخواست برداشت به مبلغ { $amount } باز می‌ماند: آن را پرداخت یا رد کنید.
   *[other] درخواست‌های برداشت او، { $count } مورد به مبلغ { $amount }، باز می‌مانند: آن‌ها را پرداخت یا رد کنید.
}
suspension-told = { $act ->
    [suspend] – همین حالا با دلیل به او گفته می‌شود. آنچه در این مدت از دست برود بعداً جبران نمی‌شود.
   *[reinstate] – همین حالا به او گفته می‌شود.
}
reinstating-sales = – خرید دوستانش از این به بعد دوباره پورسانت می‌دهد. آنچه در این مدت از دست رفته است جبران نمی‌شود.
reinstating-held = – پورسانت‌های مشروط او ({ $held }) اگر مانع دیگری نباشد آزاد می‌شوند.
reinstating-available = – دوباره می‌تواند برداشت کند: { $available } قابل برداشت است.
refused-suspended_already = این عضویت از قبل تعلیق شده است.
refused-not_suspended = این عضویت تعلیق نشده است.

## Admins: what others did by hand

notice-by-hand =
    <b>کارهای دستی: { $count }</b>
    { $lines }
admin-summary-by-hand =
    {""}
    <b>کارهای دستی</b>
by-hand-shell = کاربر سرور { $user }
by-hand-line = – به دست { $actor }: { $kind ->
    [adjusted] اصلاح حساب { $whom } به مبلغ { $amount }
    [purchased] ثبت سفارش { $name } به مبلغ { $amount } برای { $whom }
    [refunded] بازگشت وجه { $amount } از سفارش { $name } برای { $whom }
    [commission_approved] تأیید پورسانت { $amount } برای { $whom } ({ $name })
    [commission_rejected] رد پورسانت { $amount } برای { $whom } ({ $name })
    [approved] تأیید درخواست برداشت { $name } به مبلغ { $amount } برای { $whom }
    [paid] پرداخت درخواست برداشت { $name } به مبلغ { $amount } برای { $whom }
    [rejected] رد درخواست برداشت { $name } به مبلغ { $amount } برای { $whom }
    [suspended] تعلیق عضویت { $whom }
    [reinstated] برقراری دوبارهٔ عضویت { $whom }
    [attributed] تعیین معرف { $whom }: { $name }
   *[programme] تغییر برنامه
}
by-hand-total = – به دست { $actor }: { $kind ->
    [adjusted] اصلاح حساب: { $count } بار، جمعاً { $amount }
    [purchased] ثبت سفارش: { $count } بار، { $amount }
    [refunded] بازگشت وجه: { $count } بار، { $amount }
    [commission_approved] تأیید پورسانت: { $count } بار، { $amount }
    [commission_rejected] رد پورسانت: { $count } بار، { $amount }
    [approved] تأیید برداشت: { $count } بار، { $amount }
    [paid] پرداخت برداشت: { $count } بار، { $amount }
    [rejected] رد برداشت: { $count } بار، { $amount }
    [suspended] تعلیق عضویت: { $count } بار
    [reinstated] برقراری دوبارهٔ عضویت: { $count } بار
    [attributed] تعیین معرف: { $count } بار
   *[programme] تغییر برنامه: { $count } بار
}
admin-refund-asked-by = مدیر { $actor } از تلگرام خواست ستاره‌های سفارش { $order } را به { $buyer } برگرداند.

## The first admin, while the bot is being set up

init-admin =
    شما حالا مالک ربات { $bot } هستید. راه‌اندازی را در رایانه تمام کنید و ربات را روشن کنید؛ بعد اینجا { -admin } را بفرستید.

## Owners: admins

command-admins = مدیران: فهرست، افزودن، حذف
button-admins = مدیران
button-admins-add = افزودن مدیر
button-admins-remove = حذف { $name }
button-admins-confirm-add = بله، مدیر شود
button-admins-confirm-remove = بله، حذف شود
admins-card =
    <b>مدیران</b>
    { $lines }
admins-owner = – مالک: { $name }
admins-added = – مدیر: { $name }، از { $since }، با انتخاب { $owner }
admins-ask =
    <b>چه کسی مدیر شود؟</b>
    نام کاربری با @، شناسهٔ عددی تلگرام یا کد دعوت او را بفرستید. باید ربات را باز کرده باشد.
admins-confirm-add =
    <b>مدیر شدن { $name }</b>
    کد: { $code }
    مدیران همهٔ همکاران را می‌بینند، خرید ثبت می‌کنند و برداشت‌ها را تأیید و پرداخت می‌کنند. نرخ‌ها، پیشنهادها و مدیران با مالک‌هاست.
admins-confirm-remove =
    <b>حذف { $name } از مدیران</b>
    کد: { $code }
    دیگر صفحه‌های مدیران را نمی‌بیند و درخواستی به او نمی‌رسد.
admins-done = { $act ->
    [removed] از این به بعد { $name } مدیر نیست. به او خبر دادیم.
   *[added] از این به بعد { $name } مدیر است. به او خبر دادیم.
}
admins-told = { $act ->
    [removed] مدیر حذف شد: { $name }، به دست { $owner }
   *[added] مدیر اضافه شد: { $name }، به دست { $owner }
}
admins-you-are =
    <b>شما مدیر شدید</b>
    شما را { $owner } اضافه کرد. کارهای مدیران: { -admin }
admins-you-were = شما دیگر مدیر نیستید. حذف‌کننده: { $owner }
refused-owners_only = این کار فقط با مالک‌هاست. مالک‌ها در فایل تنظیمات نوشته شده‌اند.
refused-admin_already = این شخص از قبل مدیر است: { $person }
refused-no_admin = این شخص مدیر نیست: { $person }
refused-owner_stays = این شخص مالک است: { $person }. مالک‌ها در فایل تنظیمات نوشته شده‌اند و از اینجا حذف نمی‌شوند.

## Owners: offers and rates

command-offer = پیشنهاد ویژه: نرخ ویژه برای مدتی
command-rate = نرخ رتبه‌ها، محصولات و دسته‌ها
button-offer-list = پیشنهادها
button-rate-list = نرخ‌ها
button-offer-new = پیشنهاد تازه
button-offer-end = پایان { $name }
button-offer-sellers = فقط برای چند فروشنده
button-offer-thing = { $kind ->
    [category] دستهٔ { $name }
   *[product] { $name }
}
button-offer-choice = { $part ->
    [things] همهٔ محصولات
    [starts] { $choice ->
        [now] از همین حالا
        [tomorrow] از فردا
       *[week] از یک هفتهٔ دیگر
    }
    [ends] { $choice ->
        [day] یک روز
        [days] ۳ روز
        [week] یک هفته
        [month] ۳۰ روز
       *[never] بدون پایان
    }
   *[title] بدون عنوان
}
offer-list =
    <b>پیشنهادهای ویژه</b>
    { $lines }

    می‌توانید در یک خط هم بنویسید:
    { $examples }
offer-none = فعلاً پیشنهادی نیست.
offer-sellers = فقط برای { $count } فروشنده
offer-without-end = بدون تاریخ پایان
offer-ask-rate =
    <b>پیشنهاد تازه: چقدر پورسانت بدهد؟</b>
    درصد را بفرستید، مثل ۳۰٪، یا مبلغی برای هر عدد فروش.
offer-ask-things =
    <b>برای چه چیزی؟</b>
    یکی را انتخاب کنید یا چند نام را با ویرگول بفرستید. محصولی که در فهرست نیست: product:ID
offer-ask-starts =
    <b>از کی شروع شود؟</b>
    یکی را انتخاب کنید یا تاریخ بفرستید، مثل ۱۴۰۵/۱/۱ یا ۱ فروردین. ساعت هم می‌شود: ۱۸:۰۰
offer-ask-ends =
    <b>تا کی باشد؟</b>
    یکی را انتخاب کنید یا آخرین روز را بفرستید، مثل ۱۴۰۵/۱/۱۳. با ساعت، همان ساعت تمام می‌شود.
offer-ask-title =
    <b>مردم آن را به چه نامی بشناسند؟</b>
    عنوانی کوتاه، مثل پیشنهاد نوروزی.
offer-ask-sellers =
    <b>برای چه کسانی؟</b>
    نام کاربری با @، شناسهٔ عددی تلگرام یا کد دعوت فروشندگان را بفرستید.
offer-new-head = <b>پیشنهاد تازه: { $name }</b>، { $rate }
offer-end-head = { $begun ->
    [yes] <b>پایان پیشنهاد «{ $name }» از همین حالا</b>
   *[no] <b>حذف پیشنهاد «{ $name }»</b> که هنوز شروع نشده است
}
rate-list =
    <b>نرخ‌ها</b>
    { $lines }

    می‌توانید در یک خط هم بنویسید:
    { $examples }
rate-line = { $of ->
    [rank] رتبهٔ { $name }: { $rate }
    [product] محصول { $name }: { $rate }
   *[category] دستهٔ { $name }: { $rate }
}
button-rate-change = { $of ->
    [rank] رتبهٔ { $name }
    [product] محصول { $name }
   *[category] دستهٔ { $name }
}
button-rate-new = محصول یا دستهٔ دیگر
button-rate-drop = حذف این نرخ
rate-ask =
    { $of ->
        [rank] <b>نرخ تازهٔ رتبهٔ { $name }</b>
        [product] <b>نرخ تازهٔ محصول { $name }</b>
       *[category] <b>نرخ تازهٔ دستهٔ { $name }</b>
    }
    درصد را بفرستید، مثل ۲۰٪، یا مبلغی برای هر عدد فروش.
rate-ask-thing =
    <b>کدام محصول یا دسته؟</b>
    نامش را بفرستید. اگر تازه است: product:ID یا category:ID
rate-new-head = { $of ->
    [rank] <b>رتبهٔ { $name }: { $rate }</b>
    [product] <b>محصول { $name }: { $rate }</b>
   *[category] <b>دستهٔ { $name }: { $rate }</b>
}
rate-drop-head = { $of ->
    [product] <b>محصول { $name }: بدون نرخ جداگانه</b>
   *[category] <b>دستهٔ { $name }: بدون نرخ جداگانه</b>
}
proposal-card = { $lines }
proposal-moved = برنامه در این فاصله تغییر کرده است. لطفاً دوباره نگاه کنید.
proposal-changes = <b>چه تغییر می‌کند</b>
proposal-change = – تنظیم { $key }: { $after } (قبلاً: { $before })
proposal-none = ندارد
proposal-warnings = <b>توجه</b>
proposal-warning-dear = ⚠️ ممکن است { $share } مبلغ یک سفارش پورسانت داده شود.
proposal-warning-cheap-joining = ⚠️ محصول عضویتی که از { $least } ارزان‌تر باشد، بیش از درآمدش پورسانت می‌دهد.
proposal-warning-deep-pairing = ⚠️ هر سفارش برای همهٔ بالادستی‌ها حساب می‌شود، هر کدام { $share }. اگر { $members } نفر به تعادل برسند، بیش از مبلغ سفارش پرداخت می‌شود.
proposal-warning-signup-bonus = ⚠️ رتبهٔ { $rank } برای هر عضو تازه پاداش می‌گیرد، حتی اگر کسی خرید نکند.
proposal-warning-recruiting-bonus = ⚠️ رتبهٔ { $rank } بدون حتی یک فروش، برای آوردن عضو پاداش می‌دهد.
proposal-warning-pairing-members = ⚠️ پاداش تعادل برای عضوگیری است، حتی اگر کسی خرید نکند.
proposal-warning-pyramid = ⚠️ عضویت پولی است و آوردن عضو درآمد دارد: این دو با هم طرح هرمی است که قانون بسیاری از کشورها ممنوع کرده است.
proposal-warning-forgotten-percent = ⚠️ مقدار { $rate } خیلی کم است. منظورتان درصد بود؟
proposal-warning-overlap = ⚠️ هم‌زمان با { $offer } است. برای محصول مشترک، نرخ بیشتر حساب می‌شود.
button-proposal-confirm = بله، اجرا شود
proposal-done =
    <b>از همین حالا اجرا می‌شود</b>
    { $file ->
        [same] فایل تنظیمات هم به‌روز شد.
        [differs] فایل تنظیمات هم به‌روز شد، ولی در جاهای دیگر با برنامهٔ جاری فرق دارد. دستور «moaref programme apply» آن‌ها را نشان می‌دهد.
       *[unchanged] فایل تنظیمات تغییر نکرد. لطفاً همین تغییر را آنجا هم بدهید، وگرنه اجرای بعدی «moaref programme apply» آن را برمی‌گرداند.
    }
refused-not_a_rate = این نرخ خوانده نشد. درصدی تا ۱۰۰٪ بفرستید، مثل ۳۰٪ یا ۱۲٫۵٪، یا مبلغی برای هر عدد فروش.
refused-rate_unclear = منظور { $number }٪ است یا { $number } { $currency } برای هر عدد؟ لطفاً با علامتش بنویسید.
refused-unknown_thing = نام { $word } شناخته نشد. برای محصول یا دستهٔ تازه بفرستید: product:ID یا category:ID
refused-mixed_things = پیشنهاد یا برای محصولات است یا برای دسته‌ها، نه هر دو.
refused-not_a_date = این تاریخ خوانده نشد. مثل این‌ها بفرستید: ۱۴۰۵/۱/۱، ۱ فروردین یا فردا.
refused-no_such_date = چنین روز یا ساعتی نیست: { $word }
refused-year_unclear = لطفاً اول سال را بنویسید، با هر چهار رقم: ۱۴۰۵/۱/۱
refused-offer_starts_in_past = این زمان گذشته است. شروع پیشنهاد باید از حالا به بعد باشد.
refused-offer_ends_first = پایانش پیش از شروع است. لطفاً روز دیرتری بفرستید.
refused-offer_is_over = این پیشنهاد از همین حالا تمام شده است. لطفاً پایان دیرتری انتخاب کنید.
refused-gone_meanwhile = چیزی برای تغییر نیست: از قبل همین‌طور است یا دیگر وجود ندارد.
refused-no_programme = برنامه این را اجازه نمی‌دهد: { $problem }
refused-programme_moved = برنامه در این فاصله تغییر کرده است. لطفاً دوباره نگاه کنید.
refused-rank_needs_rate = رتبه همیشه نرخ دارد. فقط می‌توانید تغییرش بدهید.
