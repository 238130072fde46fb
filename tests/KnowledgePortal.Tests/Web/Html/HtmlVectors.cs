namespace KnowledgePortal.Tests.Web.Html;

/// <summary>HTML that tries to run a script, in the ways that have worked somewhere. Each calls <c>alert</c>.</summary>
internal static class HtmlVectors
{
    private static readonly string[] Elements =
    [
        "a", "abbr", "article", "aside", "audio", "b", "blockquote", "body", "br", "button", "center", "code", "custom-tag", "dd", "details", "div", "dl", "em", "fieldset", "figure",
        "font", "footer", "form", "frameset", "h1", "h6", "header", "hr", "html", "i", "iframe", "img", "input", "ins", "isindex", "kbd", "keygen", "label", "li", "link", "main",
        "map", "mark", "marquee", "menu", "meta", "meter", "nav", "nobr", "noscript", "object", "ol", "output", "p", "picture", "pre", "progress", "q", "ruby", "s", "section",
        "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead",
        "time", "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xss",
    ];

    private static readonly string[] Handlers =
    [
        "onload", "onerror", "onfocus autofocus tabindex=1 x", "onclick", "onmouseover", "onanimationstart", "ontoggle", "onpointerenter", "onbeforetoggle", "onscrollend",
        "ONLOAD", "onload\u000C", "formaction=x onsubmit", "style=\"x:expression(1)\" onresize",
    ];

    private static readonly string[] Addresses =
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\u0001javascript:alert(1)", "java\nscript:alert(1)", "java&#9;script:alert(1)", "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)", "&#x6A;avascript&#x3A;alert(1)", "javascript&#0000058alert(1)", "vbscript:alert(1)", "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "view-source:javascript:alert(1)", "feed:javascript:alert(1)", "blob:null/alert(1)", "file:///etc/passwd",
        "\\\\evil.example\\x", "javascript\u2028:alert(1)", "&NewLine;javascript&Tab;:alert(1)",
    ];

    private static readonly string[] Others =
    [
        "<script>alert(1)</script>", "<scr<script>ipt>alert(1)</script>", "<script/src=data:,alert(1)>", "<script\u000C>alert(1)</script>", "<<script>alert(1);//<</script>",
        "<svg><script>alert(1)</script></svg>", "<svg/onload=alert(1)>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><a xlink:href=javascript:alert(1)><text y=9>x",
        "<svg><set attributeName=href to=javascript:alert(1)>", "<svg><use href=\"data:image/svg+xml,<svg id='x' onload='alert(1)'/>#x\">", "<svg><style><img src=x onerror=alert(1)></style>",
        "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<svg><title><style><img src=x onerror=alert(1)>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<math href=javascript:alert(1)>x</math>", "<math><annotation-xml encoding=text/html><style><img src=x onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\">", "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">", "<title><p title=\"</title><img src=x onerror=alert(1)>\">", "<style><p title=\"</style><img src=x onerror=alert(1)>\">",
        "<iframe><p title=\"</iframe><img src=x onerror=alert(1)>\">", "<noframes><p title=\"</noframes><img src=x onerror=alert(1)>\">", "<select><template><img src=x onerror=alert(1)></template></select>",
        "<template><script>alert(1)</script></template>", "<plaintext><img src=x onerror=alert(1)>", "<iframe src=javascript:alert(1)>", "<iframe srcdoc=\"<script>parent.alert(1)</script>\">",
        "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>", "<base href=javascript:alert(1)//><a href=x>x</a>", "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<link rel=stylesheet href=javascript:alert(1)>", "<link rel=import href=data:text/html,x>", "<style>@import 'javascript:alert(1)'</style>", "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<img src=`x`onerror=alert(1)>", "<img src='x'onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<img \"\"\"><script>alert(1)</script>\">", "<img src=x:x onerror=alert(1)//", "<img src=x onerror\n=alert(1)>",
        "<a href=\"javas\u0000cript:alert(1)\">x</a>", "<a href=x href=javascript:alert(1)>x</a>", "<form action=javascript:alert(1)><button>x", "<button formaction=javascript:alert(1)>x", "<input type=image src=x onerror=alert(1)>",
        "<video><source onerror=alert(1)></video>", "<video src=x onerror=alert(1) autoplay>", "<audio src=javascript:alert(1)>", "<video poster=javascript:alert(1)>", "<details open ontoggle=alert(1)>x</details>",
        "<table background=javascript:alert(1)><tr><td>x", "<isindex action=javascript:alert(1) type=submit>", "<marquee onstart=alert(1)>x", "<keygen autofocus onfocus=alert(1)>", "<applet code=javascript:alert(1)>",
        "<!--><script>alert(1)</script>-->", "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<![CDATA[<img src=x onerror=alert(1)>]]>", "<?xml version=1.0?><script>alert(1)</script>", "<! onerror=alert(1) <img src=x>",
        "<a name=getElementById><img name=body><img id=cookie>", "<form id=x><input name=attributes><input name=parentNode></form>", "<p id=location class=btn style=position:fixed>x</p>",
        "<b><p><b><p></b><img src=x onerror=alert(1)></p></b>", "<table><tr><td></table><img src=x onerror=alert(1)><td>", "<a><table><a href=javascript:alert(1)></table></a>", "</p><img src=x onerror=alert(1)>",
        "\uFF1Cscript\uFF1Ealert(1)\uFF1C/script\uFF1E", "<scri\u0000pt>alert(1)</scri\u0000pt>", "<img src=\"x\" alt=\"``onerror=alert(1)\">", "<p title=\"&quot;><img src=x onerror=alert(1)>\">x</p>",
        "<ruby><rt><svg><style><img src=x onerror=alert(1)></ruby>", "<dialog open onclose=alert(1)><form method=dialog><button>x", "<portal src=javascript:alert(1)>", "<img srcset=\"x 1x\" onerror=alert(1)>",
        "<a href=https://x ping=javascript:alert(1) target=_blank>x</a>", "<img lowsrc=javascript:alert(1) dynsrc=javascript:alert(1)>", "<bgsound src=javascript:alert(1)>", "<layer src=javascript:alert(1)>",
        "<div contenteditable popover onbeforetoggle=alert(1)>x", "<search oncontentvisibilityautostatechange=alert(1) style=content-visibility:auto>x", "<image src=x onerror=alert(1)>", "<frameset onload=alert(1)>",
    ];

    public static IEnumerable<string> All =>
    [
        .. Others,
        .. from element in Elements from handler in Handlers select $"<{element} src=x {handler}=alert(1)>ข้อความ</{element}>",
        .. from address in Addresses from form in (string[])["<a href=\"{0}\">x</a>", "<img src='{0}'>", "<a href={0}>x</a>", "<video src=\"{0}\" poster=\"{0}\"></video>"] select string.Format(null, form, address),
    ];
}
