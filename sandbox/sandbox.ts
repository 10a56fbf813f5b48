import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { createControl } from './control';
import type { Gatekeeper } from './emulator';
import { createEmulators } from './emulators';
import { FileHost } from './fileHost';
import { FaultQueue, type FaultRuleInput, faultSchema } from './middleware/faults';
import { Journal } from './middleware/journal';
import { Latency } from './middleware/latency';
import { type RateLimit, RateLimiter } from './middleware/rateLimit';
import { withWholeRequests } from './shared/wholeRequest';
import { createWebhookControl } from './webhooks/control';
import { Deliverer } from './webhooks/deliverer';
import { Targets } from './webhooks/targets';

export interface SandboxOptions {
	/** 0, the default, takes any free port. */
	port?: number;
	/** Only this machine, unless told otherwise: 127.0.0.1. */
	host?: string;
	/** How long each request travels before the provider gets it, in milliseconds. */
	latencyMs?: number;
	rateLimit?: RateLimit;
	/** Misbehaviour ordered from the start. */
	faults?: FaultRuleInput[];
	/** Hosts that webhooks may go to besides this machine. */
	webhookHosts?: string[];
}

export interface SandboxAccount {
	/** What the editor's list calls the provider. */
	name: string;
	/** Absolute base URLs by label: `api` for most, one per engine for WAHA. */
	baseUrls: Record<string, string>;
	/** Fields of the matching n8n credential, without the base URL. */
	credentials: Record<string, string>;
}

export interface Sandbox {
	/** Where it listens, e.g. `http://127.0.0.1:4010`; providers at `/<id>`, control at `/control`. */
	url: string;
	/** The host of uploaded media: another origin than `url`. */
	cdnUrl: string;
	/** What to log in with, by provider id. */
	accounts: Record<string, SandboxAccount>;
	/** Stops listening and cuts every open connection. */
	close(): Promise<void>;
}

/** Starts every emulated provider on one local server, and the media host on another. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, host = '127.0.0.1', latencyMs = 0, rateLimit = null } = options;
	const initialFaults = (options.faults ?? []).map((rule) => faultSchema.parse(rule));

	const files = new FileHost();
	const deliverer = new Deliverer(new Targets(options.webhookHosts));
	const { emulators, senders } = createEmulators(files, deliverer);
	const journal = new Journal();
	const latency = new Latency();
	const rateLimiter = new RateLimiter();
	const faults = new FaultQueue();

	const arrange = () => {
		journal.clear();
		faults.clear();
		faults.add(...initialFaults);
		latency.range = { minMs: latencyMs, maxMs: latencyMs };
		rateLimiter.limit = rateLimit;
	};
	const reset = () => {
		for (const emulator of emulators) emulator.reset();
		deliverer.reset();
		arrange();
	};
	arrange();

	const before = (gatekeeper: Gatekeeper): RequestHandler[] => [
		journal.recording(gatekeeper.id),
		latency.delaying,
		rateLimiter.limiting(gatekeeper),
		faults.misbehaving(gatekeeper),
	];

	const app = plainApp();
	const webhooks = createWebhookControl(deliverer, senders);
	app.use(
		'/control',
		createControl({ emulators, webhooks, journal, faults, latency, rateLimiter, reset }),
	);
	for (const emulator of emulators) {
		app.use(`/${emulator.id}`, ...before(emulator), emulator.api);
	}
	app.get('/', (_request, response) => response.redirect('/control'));

	const cdn = plainApp();
	cdn.use(journal.recording(files.id), latency.delaying, faults.misbehaving(files), files.router);

	const cdnServer = await listen(cdn, 0, host);
	files.origin = originOf(cdnServer);
	const server = await listen(app, port, host).catch(async (error: unknown) => {
		await stop(cdnServer);
		throw error;
	});
	const url = originOf(server);

	return {
		url,
		cdnUrl: files.origin,
		accounts: Object.fromEntries(
			emulators.map(({ id, name, baseUrls, credentials }) => [
				id,
				{
					name,
					baseUrls: Object.fromEntries(
						Object.entries(baseUrls).map(([label, path]) => [label, url + path]),
					),
					credentials: { ...credentials },
				},
			]),
		),
		close: async () => {
			await Promise.all([stop(server), stop(cdnServer)]);
			// Also ends what was still to happen later.
			for (const emulator of emulators) emulator.reset();
			deliverer.reset();
		},
	};
}

function plainApp(): express.Express {
	const app = express();
	app.disable('x-powered-by');
	// No provider's documents mention conditional requests.
	app.disable('etag');
	return app;
}

function listen(app: RequestListener, port: number, host: string): Promise<Server> {
	const server = createServer(withWholeRequests(app));
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => resolve(server));
	});
}

function originOf(server: Server): string {
	const { address, family, port } = server.address() as AddressInfo;
	return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function stop(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
