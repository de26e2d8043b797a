const titles =
  /^(just a moment|attention required! \| cloudflare|access denied|security check|checking your browser|are you a robot|verify you are human|pardon our interruption|robot check|ddos-guard|please wait\.\.\.|bot verification|human verification)/i;
const marks =
  /_cf_chl_opt|challenge-platform|cf-browser-verification|captcha-delivery\.com|px-captcha|_Incapsula_Resource|awsWafCookieDomainList|geo\.captcha|hcaptcha\.com\/1\/api|google\.com\/recaptcha\/api|anubis_challenge/i;
/** A challenge says a few sentences. Longer pages that mention one are about something. */
const longest = 1_500;

/** Whether a page is the site's test for robots in the place of the page. */
export function isChallenge(page: { title: string; text: string; html: string }): boolean {
  if (page.text.length > longest) return false;
  return titles.test(page.title.trim()) || marks.test(page.html.slice(0, 200_000));
}
