import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import type { Refusal, RefusalKind } from './emulator';

export interface HostedFile {
	bytes: Buffer;
	/** e.g. `image/jpeg`. */
	mimeType: string;
	/** Last part of its URL. */
	fileName: string;
}

/**
 * A place for media on another origin than any API, as providers have one (Sinch's icons are on
 * chatclub-cdn.wavy.global, providers.md §1.2). It asks for no credentials and must not be sent any.
 */
export class FileHost {
	readonly id = 'cdn';
	readonly router = Router();
	/** Its origin, set once it listens. */
	origin = 'http://cdn.sandbox.invalid';
	private readonly files = new Map<string, HostedFile>();

	constructor() {
		this.router.get('/{*path}', (request, response) => {
			const file = this.files.get(request.path);
			if (file === undefined) response.status(404).type('text/plain').send('Not found');
			else response.type(file.mimeType).send(file.bytes);
		});
	}

	/** Puts a file up and gives the path at which it can be fetched. */
	publish(file: HostedFile): string {
		const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
		const path = `/${day}/${randomUUID()}/${file.fileName}`;
		this.files.set(path, file);
		return path;
	}

	unpublish(path: string): void {
		this.files.delete(path);
	}

	urlOf(path: string): string {
		return this.origin + path;
	}

	refusal(kind: RefusalKind, retryAfterSeconds?: number): Refusal {
		const status = { rateLimited: 429, serverError: 500, unavailable: 503 }[kind];
		const headers: Record<string, string> = { 'Content-Type': 'text/plain' };
		if (retryAfterSeconds !== undefined) headers['Retry-After'] = String(retryAfterSeconds);
		return { status, headers, body: '' };
	}
}
