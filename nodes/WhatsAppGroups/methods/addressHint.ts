const loopback = /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/i;

/** What an address means where n8n runs in Docker, if that may be why nothing is reached at it. */
export function addressHint(baseUrl: string, fault: unknown): string {
	const { code } = fault as { code?: string };
	const { hostname } = URL.canParse(baseUrl) ? new URL(baseUrl) : { hostname: '' };
	if (code === 'ECONNREFUSED' && loopback.test(hostname)) {
		return ` Where n8n runs in Docker, ${hostname} is the container of n8n itself: enter the name of the server's service instead, e.g. http://waha:3000, or http://host.docker.internal:3000 for a server on the machine that runs Docker.`;
	}
	const isServiceName = /^[^.:]+$/.test(hostname);
	if (isServiceName && (code === 'ENOTFOUND' || code === 'EAI_AGAIN')) {
		return ' In Docker, the container of n8n and that of the server have to be in one network.';
	}
	return '';
}
