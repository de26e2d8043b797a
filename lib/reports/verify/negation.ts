/** Words that turn a statement into its opposite, of the languages that sources are mostly in. */
const words = [
  String.raw`(?:(?<!\p{L})(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without)(?!\p{L})|n['’]t(?!\p{L}))`,
  String.raw`(?<!\p{L})(?:nicht|nie|niemals|keine?[mnrs]?|kein|ohne|weder)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:pas|jamais|aucune?|sans|ningún|ninguna?|nunca|sin|nessun[oa]?|senza|niet|geen|não|nem|sem)(?!\p{L})`,
  String.raw`(?<!\p{L})(?:не|нет|никогда|без)(?!\p{L})`,
  "[不没未无非勿莫]|ない|ません|ず(?=[、。])",
].join("|");
/** Words that look like one and turn nothing. */
const exempt = [
  String.raw`(?<!\p{L})not only(?!\p{L})|(?<!\p{L})no\.?\s?(?=\d)|(?<!\p{L})no (?:doubt|longer than|later than|less than|fewer than|more than)(?!\p{L})|nicht nur|not least|(?<!\p{L})ne pas seulement`,
  "不仅|不但|不只|不断|不同|不久|不少|不过|不动产|不可抗力|不良|不当得利|不论|不管|不等|不利|不正当|不明|不足|不妨|不平等|不稳定|不超过|不低于|不少于|不高于|不多于|不得不|无不|无论|无线|无偿|无效|无害|无因|无形|无疑|无锡|无限|无人机|无烟|无法律|未来|未成年|未必|未遂|非常|非法|非洲|非人|除非|并非不|莫斯科|莫名|没收|没有不|是非|非遗|非婚|非诉|非典",
].join("|");
/** Words that deny without being a "not": a sentence in other words may have one for the other. */
const lexical =
  /(?<!\p{L})(?:fail\w*|refus\w+|lack\w*|unable|den(?:y|ies|ied|ying)|prohibit\w*|forb\w+|prevent\w*|reject\w*|declin\w+|avoid\w*|hardly|barely|rarely|seldom|un\w{4,}|in(?:ability|capable|sufficient)\w*|absen\w+|stop\w*|ceas\w+|miss\w*|cancel\w*|ban(?:ned|s)?|ende?d?|los[est]\w*|only|unless|except|verweiger\w+|verbiet\w+|verbot\w*|fehl\w+)(?!\p{L})|禁止|拒绝|缺乏|否认|失败|避免|取消|停止|缺少|除外|不|没|未|无|非/iu;
const anyWord = new RegExp(words, "giu");
const anyExempt = new RegExp(exempt, "giu");

/** The negations of a text as they are written, in order; `not only` and 不仅 are none. */
export function negationsIn(text: string): string[] {
  const plain = text.replace(anyExempt, (found) => "\u0000".repeat(found.length));
  return [...plain.matchAll(anyWord)].map(([found]) => found);
}

/** Whether a text denies in any way, also with `failed to` or 禁止. */
export const denies = (text: string): boolean => lexical.test(text) || negationsIn(text).length > 0;

/** Words by which a source leaves open whether something is so, or leaves it to somebody else's word. */
const hedges =
  /(?<!\p{L})(?:if|whether|unless|may|might|could|would|possibly|perhaps|allegedly|alleged|reportedly|supposedly|purportedly|claim(?:s|ed|ing)?|accus\w+|den(?:y|ies|ied|ying)|doubt\w*|false\w*|untrue|wrong\w*|myth|rumou?r\w*|hypothe\w+|suppos\w+|unlikely|likely|probably|wenn|falls|ob|sofern|angeblich|möglicherweise|vielleicht|könnten?|dürften?|si|peut-être|prétend\w*|quizás|presunt\w+)(?!\p{L})|如果|假如|倘若|是否|可能|也许|据称|涉嫌|声称|否认|谣传|传言|误以为|虚假|不实|除非|疑似|或许|假设/iu;

const month = /(?<=\d\.? |(?<!\p{L})(?:in|since|of|by|until|from|during|early|late|mid) )May(?!\p{L})|(?<!\p{L})May(?=,? \d)/gu;

/** The first such word of a text; the month of May is none. */
export const hedgeIn = (text: string): string | null => hedges.exec(text.replace(month, "..."))?.[0] ?? null;
