/** A comment's text cannot hold its end here: a pattern that may run over it takes exponential time on a row of comments. */
const start = /^(?:\xef\xbb\xbf|\ufeff)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!doctype html|<html)/i;

/** Whether a document begins as a web page does, after a declaration and comments. `head` is its first kilobytes as Latin-1 or decoded. */
export const startsAsHtml = (head: string) => start.test(head);
