import { NodeApiError } from 'n8n-workflow';
import type { Connection, ApiRequest } from './connection';
import { addToDescription, inputError } from './errors';
import type { ApiResponse } from './response';
import { runAll } from './runner';

/** What an operation of a provider works with: the connection, on behalf of one item. */
export class Api {
	constructor(
		private readonly connection: Connection,
		/** Name of the session or number that acts; empty for providers without accounts. */
		readonly account: string,
		/** State that all items of the run share, by name. */
		readonly shared: Map<string, unknown> = new Map(),
		private readonly itemIndex?: number,
	) {}

	get baseUrl(): string {
		return this.connection.baseUrl;
	}

	async request(request: ApiRequest): Promise<ApiResponse> {
		return await this.connection.request(request, this.itemIndex);
	}

	/** A file from any host, fetched without the credential. */
	async download(url: string): Promise<ApiResponse> {
		return await this.connection.download(url, this.itemIndex);
	}

	/** Waits, unless the execution is stopped meanwhile. */
	async sleep(ms: number): Promise<void> {
		await this.connection.gate.sleep(ms);
	}

	/** Does `work` for each element, as many at once as the run allows, and keeps the order. */
	async each<T, R>(elements: readonly T[], work: (element: T) => Promise<R>): Promise<R[]> {
		const { concurrency } = this.connection.gate.options;
		return await runAll(elements.length, { concurrency }, async (i) => await work(elements[i]));
	}

	/** Runs the second half of an operation; when it fails, the error says what is done already. */
	async after<T>(done: string, work: () => Promise<T>): Promise<T> {
		try {
			return await work();
		} catch (error) {
			throw addToDescription(error, done);
		}
	}

	/** The error for an answer whose status says success but whose body does not. */
	refusal(response: ApiResponse): NodeApiError {
		return this.connection.error(response, this.itemIndex);
	}

	/** An error that only the provider's folder can word: what happened, and what to do. */
	failure(message: string, description: string): NodeApiError {
		return new NodeApiError(
			this.connection.context.getNode(),
			{},
			{ message, description, itemIndex: this.itemIndex },
		);
	}

	/** Input that the provider would not take. */
	inputError(message: string, description: string) {
		return inputError(this.connection.context.getNode(), message, description, this.itemIndex);
	}
}
