/** Where the sandbox may deliver to: this machine, and hosts that were named when it was started. */
export class Targets {
	private readonly hosts: ReadonlySet<string>;

	/** @param hosts names or addresses as they stand in a URL, without port */
	constructor(hosts: readonly string[] = []) {
		this.hosts = new Set(hosts.map((host) => host.toLowerCase()));
	}

	/** Why nothing is sent to this URL; `null` when it may be. */
	refusal(url: string): string | null {
		if (!URL.canParse(url)) return 'This is no URL';
		const { hostname, protocol } = new URL(url);
		if (protocol !== 'http:' && protocol !== 'https:') return 'Webhooks go to http and https only';
		if (isLoopback(hostname) || this.hosts.has(hostname)) return null;
		return 'The sandbox delivers to this machine only; --webhook-hosts allows others';
	}
}

/** A parsed hostname: `127.1` is `127.0.0.1` by now, and IPv6 is in brackets. */
function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
