/** Whether a URL is that of a test run of the trigger whose published URL is given. */
export function isTestUrlOf(url: string, published: string): boolean {
	return url !== published && url.replace('/webhook-test/', '/webhook/') === published;
}

/** Whether a URL leads to a trigger of this package in the n8n that the other URL leads to. */
export function isTriggerOfSameN8n(url: string, own: string): boolean {
	if (!URL.canParse(url) || !URL.canParse(own)) return false;
	const [one, other] = [new URL(url), new URL(own)];
	const name = (path: string) => path.split('/').pop();
	return one.origin === other.origin && name(one.pathname) === name(other.pathname);
}
