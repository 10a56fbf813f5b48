import type { NodeApiError } from 'n8n-workflow';
import type { ResultStatus } from '../model';
import type { ApiRequest, Caller, Connection } from './connection';
import { addToDescription, copyOf, failure, withStatus } from './errors';
import type { ApiResponse, DownloadedFile } from './response';
import { runAll } from './runner';
import { imageTypeOf } from '../values/imageType';
import { megabyte } from '../values/size';

const largestPicture = 16 * megabyte;

/** What an operation of a provider works with: the connection, on behalf of one item. */
export class Api {
	private readonly known = new Map<string, Promise<unknown>>();

	constructor(
		private readonly connection: Connection,
		/** Name of the session or number that acts; empty for providers without accounts. */
		readonly account: string,
		private readonly caller: Caller = {},
	) {}

	get baseUrl(): string {
		return this.connection.baseUrl;
	}

	/** A field of the credential that is no secret, such as the ID of an account. Throws NodeOperationError. */
	setting(name: string, label: string): string {
		return this.connection.setting(name, label);
	}

	/** The same for everything that acts with the same credential, and account where there is one. */
	get identity(): string {
		return `${this.connection.identity} ${this.account}`;
	}

	async request(request: ApiRequest): Promise<ApiResponse> {
		return await this.connection.request(request, this.caller);
	}

	/** A picture from any host; see `Connection.downloadFile`. */
	async downloadPicture(url: string): Promise<{ data: Buffer; mimeType: string }> {
		const request = {
			url,
			name: 'picture',
			maxBytes: largestPicture,
			typeOf: imageTypeOf,
		} as const;
		const { data, mimeType } = await this.connection.downloadFile(request, this.caller);
		return { data, mimeType: mimeType as string };
	}

	/** Any file from any host; see `Connection.downloadFile`. */
	async downloadFile(url: string, maxBytes: number): Promise<DownloadedFile> {
		return await this.connection.downloadFile({ url, name: 'file', maxBytes }, this.caller);
	}

	/** Waits, unless the run ends meanwhile. */
	async sleep(ms: number): Promise<void> {
		await this.connection.gate.sleep(ms);
	}

	/** Asks once for the item, however often it is called. */
	async once<T>(name: string, ask: () => Promise<T>): Promise<T> {
		const answer = (this.known.get(name) as Promise<T> | undefined) ?? ask();
		this.known.set(name, answer);
		return await answer;
	}

	/**
	 * Asks once for all items of the run that act for the account. What failed is asked again, also by those
	 * who waited for it: another item's failure may be about its group alone.
	 */
	async oncePerRun<T>(name: string, ask: () => Promise<T>): Promise<T> {
		const { memory } = this.connection;
		const key = `${this.account} ${name}`;
		const known = memory.get(key) as Promise<T> | undefined;
		if (known) return await known.catch(async () => await this.oncePerRun(name, ask));
		const answer = ask();
		memory.set(key, answer);
		answer.catch(() => memory.delete(key));
		return await answer;
	}

	/** Does `work` for each element, as many at once as the run allows, and keeps the order. */
	async each<T, R>(elements: readonly T[], work: (element: T) => Promise<R>): Promise<R[]> {
		const { concurrency } = this.connection.gate.options;
		const { results, failures } = await runAll(
			elements.length,
			{ concurrency },
			async (i) => await work(elements[i]),
		);
		if (failures.length > 0) throw failures[0].error;
		return results as R[];
	}

	/**
	 * Runs the second half of an operation; when it fails, the error says what is done already, and how
	 * the whole ended where that is not as the second half did. The error is one of its own: what ends a
	 * run is thrown for each of its items.
	 */
	async after<T>(done: string, work: () => Promise<T>, status?: ResultStatus): Promise<T> {
		try {
			return await work();
		} catch (error) {
			const own = copyOf(error);
			if (status !== undefined) withStatus(own, status);
			throw addToDescription(own, done);
		}
	}

	/** The error for an answer whose status says success but in which the provider says no. */
	refusal(response: ApiResponse): NodeApiError {
		return this.connection.refusal(response, this.caller);
	}

	/** The error for an answer whose status says success but whose body is not what it should be. */
	unreadable(response: ApiResponse): NodeApiError {
		return this.connection.unreadable(response, this.caller);
	}

	/** An error that only the provider's folder can word: what happened, and what to do. */
	failure(message: string, description: string): NodeApiError {
		return failure(this.connection.about(this.caller), message, description);
	}

	/** Hides the secrets of the credential in words of the provider. */
	hide(text: string): string {
		return this.connection.about(this.caller).hide(text);
	}
}
