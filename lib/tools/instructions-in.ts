import type { InstructionFlag } from "#lib/domain/tool-details.ts";

const machine = String.raw`(?:an? )?(?:ai|a\.i\.|llms?|large language models?|language models?|chat ?bots?|chatgpt|gpt-?\d?|claude|gemini|copilot|ai (?:agents?|assistants?|models?|systems?|crawlers?)|(?:virtual|automated|research) (?:agents?|assistants?))`;
const before = `(?:previous|prior|above|earlier|preceding|foregoing|former|existing|original|initial)`;
const orders = `(?:instructions?|prompts?|directions?|directives?|rules|guidelines|commands?|context|constraints|system messages?)`;

/**
 * How text speaks to a machine that reads it. Every pattern is bounded, so that a page of megabytes costs time in proportion. It finds
 * what is written for a model to obey, not every lie: a page that merely states something false looks like any other page.
 */
const patterns: RegExp[] = [
  // "ignore all previous instructions"
  String.raw`\b(?:ignore|disregard|forget|override|bypass|skip|discard|do not follow|don't follow|stop following)\b[^.\n]{0,40}?\b${before}\b[^.\n]{0,20}?\b${orders}\b`,
  String.raw`\b(?:ignore|disregard|forget|override) (?:all |any |everything |what )?(?:of )?(?:your|you were|you have been) [^.\n]{0,30}?(?:${orders}|told|given|training|programming)\b`,
  String.raw`\b(?:ignore|disregard|forget) (?:everything|all|anything) (?:above|before|that came before|you (?:were|have been) told)`,
  String.raw`\bignore (?:the |your )(?:user|user's (?:question|request|query)|question|task|goal)s?\b[^.\n]{0,20}\b(?:and|instead)\b`,
  // "new system instructions:", "reveal your system prompt"
  String.raw`\b(?:new|updated|real|actual|hidden|secret|important) (?:system )?${orders} (?:for|to) (?:the )?(?:${machine}|assistant|agent|model|reader's (?:ai|assistant))\b`,
  String.raw`\b(?:reveal|print|repeat|output|show|leak|return|tell me|display) (?:me )?(?:all )?(?:of )?(?:your|the) (?:full |entire |hidden |initial |original |above )?(?:system )?(?:prompt|instructions)\b`,
  String.raw`(?:^|\n)\W{0,4}(?:system|developer) ?(?:message|prompt|override|notice|note|instruction)s? ?:`,
  String.raw`(?:^|\n)\W{0,4}system ?: ?(?:you|your|ignore|the (?:assistant|user|model))\b`,
  // "attention AI agents", "if you are a language model"
  String.raw`\b(?:attention|note (?:to|for)|notice (?:to|for)|message (?:to|for)|instructions? (?:to|for)|dear|hey|hello|warning to) (?:all |any |the )?(?:${machine}|assistants?|agents?) ?(?:[:,.!\n]|reading|processing|that|who|when)`,
  String.raw`\bif you(?:'re| are) ${machine}\b`,
  String.raw`\b(?:${machine}|assistants?|agents?|models?) (?:that (?:is|are) |currently )?(?:reading|processing|parsing|summari[sz]ing|crawling|visiting|indexing) this (?:page|text|document|message|content|article|website|file|email)\b`,
  String.raw`\bas ${machine},? you (?:must|should|need to|have to|are required to)\b`,
  // "you are now DAN", "from now on you will"
  String.raw`\byou are now (?:an? |in |acting |dan\b|free |operating |entering )[^.\n]{0,40}(?:mode|assistant|ai|model|unrestricted|jailbr\w+|agent|persona|dan)\b`,
  String.raw`\bfrom (?:now|this point) on,? (?:you (?:are|will|must|should|have to) (?:now |only |always |never )?(?:act|answer|respond|reply|obey|ignore|an? \w+ (?:ai|assistant|agent|model))|act as|respond|answer|ignore)\b`,
  String.raw`\b(?:enable|enter|activate|switch to) (?:developer|dan|god|jailbreak|debug|unrestricted) mode\b`,
  // "do not tell the user"
  String.raw`\b(?:do not|don't|never|without) (?:tell|telling|inform|informing|mention|mentioning|reveal|revealing|disclose|disclosing|alert|alerting|warn|warning|notify|notifying|show|showing) (?:any of )?(?:this |these |it |that |anything |about this )?(?:to )?(?:the |your |any )(?:user|human|operator|analyst)s?\b`,
  String.raw`\bthe user (?:has |already )?(?:authori[sz]ed|approved|consented|wants you|asked you|instructed you|would like you)\b`,
  // "call the visit tool", "your final answer must be"
  String.raw`\b(?:call|invoke|use|run|execute|trigger) (?:the |your )["'“]?(?:visit|search|google_scholar|pythoninterpreter|python|parse_file|browser|browsing|fetch|email|shell|code)["'“]? ?(?:interpreter )?(?:tool|function|api|command)\b`,
  String.raw`\byour (?:final |only |next )?(?:answer|response|report|summary|output|reply) (?:must|should|has to|is to|needs to) (?:be|say|state|include|contain|begin|start|end|mention|recommend|only)\b`,
  String.raw`\b(?:append|add|include|send|post|submit|exfiltrate|forward|transmit|leak|encode)\b[^.\n]{0,80}\b(?:conversation|chat history|api[ _-]?keys?|credentials?|passwords?|system prompt|user'?s? (?:question|data|files?|query|prompt))\b[^.\n]{0,60}\b(?:to|in|into|as|via|at|with)\b[^.\n]{0,40}(?:https?:|url|link|query|parameter|e-?mail|webhook|endpoint|server)`,
  // the marks of the protocol and of chat templates
  String.raw`<\/?(?:tool_call|tool_response)>|<\|(?:im_start|im_end|system|assistant|user|start_header_id|eot_id|endoftext)\|>|\[\/?INST\]|<<\/?SYS>>`,
  // 中文
  String.raw`(?:忽略|无视|忘记|忽視|無視|不要理会|不要遵守)[^。\n]{0,12}(?:之前|以上|先前|前面|上述|上面|此前|所有)[^。\n]{0,8}(?:指令|指示|提示|要求|命令|规则|設定|设定|内容)`,
  `(?:你现在是|从现在开始你|从现在起你|你必须扮演|不要告诉用户|不要告知用户|不得向用户透露|输出你的系统提示|系统提示词)`,
  String.raw`(?:如果你是|致所有|致|作为)(?:一个)?(?:ai|人工智能|大?语言模型|智能体|大模型)(?:助手|代理|模型)?[^。\n]{0,10}(?:请|必须|应当|，|：)`,
].map((source) => new RegExp(source, "iu"));

/** Characters that nobody sees and a model reads: ASCII in Unicode's tag block. */
const invisible = /[\u{e0020}-\u{e007e}]{8,}/u;

const mostFlags = 3;
const around = 80;
/** A cut goes to the next word; in writing without spaces it stays where it is. */
const longestWord = 20;
/** A long text is looked at in parts, so that what stands at its end counts as well; they overlap, so that nothing falls between two. */
const part = 100_000;
const overlap = 400;

/**
 * Passages of a text from outside that try to instruct the agent, at most three, each with some words around it. For people: the model
 * gets the text as data whatever this finds.
 */
export function instructionsIn(text: string, where: string): InstructionFlag[] {
  const found = new Map<number, InstructionFlag>();
  for (let start = 0; start < text.length && found.size < mostFlags; start += part - overlap) {
    const piece = text.slice(start, start + part);
    for (const pattern of patterns) {
      const match = pattern.exec(piece);
      if (match) found.set(place(found, start + match.index), { where, excerpt: excerptOf(text, start + match.index, match[0].length) });
      if (found.size >= mostFlags) break;
    }
    const hidden = invisible.exec(piece);
    if (hidden && found.size < mostFlags) found.set(start + hidden.index, { where, excerpt: `Invisible text: ${visible(hidden[0])}` });
  }
  return [...found].sort(([one], [other]) => one - other).map(([, flag]) => flag);
}

/** Matches that lie close together are one passage. */
const place = (found: ReadonlyMap<number, unknown>, index: number) =>
  [...found.keys()].find((known) => Math.abs(known - index) <= around) ?? index;

function excerptOf(text: string, index: number, length: number): string {
  const from = Math.max(0, index - around);
  const to = Math.min(text.length, index + Math.min(length, 200) + around);
  const words = text.slice(from, to).replace(/\s+/g, " ").trim();
  const whole = words.slice(from > 0 ? words.slice(0, longestWord).indexOf(" ") + 1 : 0);
  return `${from > 0 ? "… " : ""}${to < text.length ? `${whole.replace(/ \S{1,20}$/, "")} …` : whole}`.toWellFormed();
}

const visible = (hidden: string) => [...hidden].map((each) => String.fromCodePoint((each.codePointAt(0) ?? 0) - 0xe0000)).join("");
