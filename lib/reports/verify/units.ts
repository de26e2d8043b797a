const table: Record<string, string> = {
  percent: "% ％ percent pct prozent pourcent",
  point: "个百分点 百分点 percentage-points prozentpunkte",
  dollar: "$ us$ usd dollar dollars 美元 美金",
  euro: "€ eur euro euros 欧元",
  pound: "£ gbp sterling 英镑",
  yen: "yen jpy 日元",
  yuan: "¥ cny rmb yuan 元 人民币",
  franc: "chf francs franken 瑞士法郎",
  year: "year years jahr jahre jahren an ans année années años año anni 年 周年 yearly",
  month: "month months monat monate monaten mois mes meses mesi 月 个月",
  week: "week weeks woche wochen semaine semaines semana semanas 周 星期 个星期",
  day: "day days tag tage tagen jour jours día días giorni 日 天 工作日",
  hour: "hour hours hr hrs stunde stunden heure heures hora horas 小时",
  minute: "minute minutes minuten min 分钟",
  second: "second seconds sekunde sekunden seconde secondes 秒",
  kilometre: "km kilometre kilometres kilometer kilometers 公里 千米",
  metre: "m metre metres meter meters metern mètres 米",
  centimetre: "cm centimetre centimetres centimeter centimeters 厘米",
  millimetre: "mm millimetre millimetres millimeter millimeters 毫米",
  mile: "mile miles mi 英里",
  foot: "ft foot feet 英尺",
  inch: "inch inches 英寸",
  yard: "yard yards yd yds 码",
  hectare: "ha hectare hectares hektar 公顷",
  acre: "acre acres 英亩",
  kilogram: "kg kilogram kilograms kilogramm 公斤 千克",
  gram: "g gram grams gramm 克",
  tonne: "t ton tons tonne tonnes tonnen 吨",
  pounds: "lb lbs",
  litre: "l litre litres liter liters 升",
  celsius: "°c celsius 摄氏度",
  fahrenheit: "°f fahrenheit 华氏度",
  watt: "w watt watts 瓦",
  kilowatt: "kw kilowatt kilowatts 千瓦",
  megawatt: "mw megawatt megawatts 兆瓦",
  gigawatt: "gw gigawatt gigawatts 吉瓦",
  megabyte: "mb megabyte megabytes",
  gigabyte: "gb gigabyte gigabytes",
  terabyte: "tb terabyte terabytes",
};
const byWord = new Map(Object.entries(table).flatMap(([unit, words]) => words.split(" ").map((word): [string, string] => [word, unit])));
const currencies = new Set(["dollar", "euro", "pound", "yen", "yuan", "franc"]);
const joined: [RegExp, string][] = [
  [/^(?:percentage|per cent) points?/, "point"],
  [/^per cent/, "percent"],
  [/^pour cent/, "percent"],
  [/^square (?:kilomet\w+|km)|^km[²2]|^平方公里/, "square kilometre"],
  [/^square (?:met\w+)|^m[²2]|^平方米/, "square metre"],
  [/^square (?:miles?)/, "square mile"],
  [/^km\/h|^kilomet\w+ per hour/, "kilometre per hour"],
  [/^mph|^miles per hour/, "mile per hour"],
];
const longestCjk = 4;

export const isCurrency = (unit: string) => currencies.has(unit);

/** The unit that a text begins with, in one name for all its spellings; null where it begins with none. A word that only looks like one is none: the m of men. */
export function unitAt(text: string): string | null {
  const rest = text
    .slice(0, 32)
    .replace(/^[-\s\u00a0\u202f]+/, "")
    .toLowerCase();
  for (const [pattern, unit] of joined) if (pattern.test(rest)) return unit;
  const sign = /^(?:us\$|°[cf]|[$€£¥%％])/.exec(rest)?.[0];
  if (sign) return byWord.get(sign) ?? null;
  const word = /^[\p{L}\p{M}]+/u.exec(rest)?.[0] ?? "";
  if (/^\p{sc=Han}/u.test(rest)) {
    for (let length = longestCjk; length > 0; length--) {
      const unit = byWord.get(rest.slice(0, length));
      if (unit) return unit;
    }
    return null;
  }
  return byWord.get(word) ?? null;
}

/** The unit of a word that stands alone, as of one that was put in the place of another. */
export const unitOf = (word: string): string | null => byWord.get(word.toLowerCase()) ?? null;
