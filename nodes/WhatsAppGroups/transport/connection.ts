import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';
import { readBaseUrl } from './baseUrl';
import { checkInput, fileErrors, rowFor, toApiError, toNetworkError } from './errors';
import type { ErrorDialect } from './errors';
import { Gate } from './gate';
import { readResponse, retryAfterMs } from './response';
import type { ApiResponse } from './response';

/** Any of n8n's contexts from which a provider is called. */
export type CallingContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Below the credential's base URL; ids in it are already encoded, see `path`. */
	path: string;
	qs?: IDataObject;
	/** Sent as JSON, or as it is when it is a buffer. */
	body?: IDataObject | Buffer;
	/** Needed when `body` is a buffer. */
	contentType?: string;
	/** Answer statuses other than 2xx that the caller wants to see instead of an error. */
	accept?: readonly number[];
	/** Whether a bare string is a proper answer, as WAHA gives for codes and some refusals. */
	acceptText?: boolean;
}

/** Where a provider is reached, and how it words its errors. */
export interface Endpoint {
	credentialName: string;
	errors: ErrorDialect;
}

/** Builds a path from literal parts and encoded ids: `path`/groups/${id}``. */
export function path(literals: TemplateStringsArray, ...ids: string[]): string {
	return literals.reduce(
		(built, literal, i) => built + encodeURIComponent(ids[i - 1] ?? '') + literal,
	);
}

/** WAHA waits up to 15 s for a session before it answers (providers.md §3.5). */
const timeoutMs = 60_000;
/** How often one request is sent at most, the first time included. */
const maxSends = { afterFailure: 3, afterRefusal: 10 };
const firstBackoffMs = 1000;
const longestBackoffMs = 60_000;
/** A provider that asks for more patience than this is reported instead of waited for. */
const longestPauseMs = 15 * 60_000;

/** A decrypted credential and the gate that all requests made with it share. */
export class Connection {
	private constructor(
		readonly context: CallingContext,
		readonly endpoint: Endpoint,
		readonly gate: Gate,
		private readonly credential: ICredentialsDecrypted,
		readonly baseUrl: string,
	) {}

	/** Decrypts the credential; throws n8n's own error when none is set. */
	static async open(
		context: CallingContext,
		endpoint: Endpoint,
		gate = new Gate({ concurrency: 5, delayMs: 0 }),
	): Promise<Connection> {
		const data = await context.getCredentials<ICredentialDataDecryptedObject>(
			endpoint.credentialName,
		);
		const baseUrl = checkInput(context.getNode(), undefined, () => readBaseUrl(data.baseUrl));
		const credential = { id: '', name: '', type: endpoint.credentialName, data };
		return new Connection(context, endpoint, gate, credential, baseUrl);
	}

	/**
	 * Sends a request through the gate and gives the answer. A refusal for the rate pauses the whole
	 * run and is sent again, whatever its method, since the provider did not take it; a network
	 * failure or 5xx is sent again for GET only. Throws NodeApiError.
	 */
	async request(request: ApiRequest, itemIndex?: number): Promise<ApiResponse> {
		const isRead = request.method === 'GET';
		for (let sends = 1; ; sends += 1) {
			const backoffMs = firstBackoffMs * 2 ** (sends - 1);
			const outcome = await this.gate.pass(async () => await this.attempt(request));

			if (outcome instanceof Unanswered) {
				if (!isRead || sends >= maxSends.afterFailure) {
					throw toNetworkError(this.context.getNode(), outcome.cause, isRead, itemIndex);
				}
				await this.gate.sleep(backoffMs);
				continue;
			}
			if (isWanted(request, outcome)) return outcome;

			const { disposition } = rowFor(this.endpoint.errors, outcome);
			const refused = disposition === 'rateLimited';
			const mayRepeat = refused
				? sends < maxSends.afterRefusal
				: disposition === 'unavailable' && isRead && sends < maxSends.afterFailure;
			const pauseMs = retryAfterMs(outcome) ?? Math.min(backoffMs, longestBackoffMs);
			if (!mayRepeat || pauseMs > longestPauseMs) throw this.error(outcome, itemIndex);
			if (refused) this.gate.pause(pauseMs);
			else await this.gate.sleep(pauseMs);
		}
	}

	/** Downloads a file from wherever it is, without showing the credential to that host. */
	async download(url: string, itemIndex?: number): Promise<ApiResponse> {
		const outcome = await this.gate.pass(
			async () =>
				await this.settle(async (options) => await this.context.helpers.httpRequest(options), {
					method: 'GET',
					url,
				}),
		);
		if (outcome instanceof Unanswered) {
			throw toNetworkError(this.context.getNode(), outcome.cause, true, itemIndex);
		}
		if (outcome.status !== 200) {
			throw toApiError(this.context.getNode(), fileErrors, outcome, itemIndex);
		}
		return outcome;
	}

	error(response: ApiResponse, itemIndex?: number) {
		const secrets = Object.entries(this.credential.data ?? {})
			.filter(([name, value]) => name !== 'baseUrl' && typeof value === 'string')
			.map(([, value]) => value as string);
		return toApiError(this.context.getNode(), this.endpoint.errors, response, itemIndex, secrets);
	}

	private async attempt(request: ApiRequest): Promise<ApiResponse | Unanswered> {
		const { credentialName } = this.endpoint;
		const headers: IDataObject = { Accept: 'application/json' };
		if (request.body !== undefined) {
			headers['Content-Type'] = request.contentType ?? 'application/json';
		}
		return await this.settle(
			async (options) =>
				await this.context.helpers.httpRequestWithAuthentication.call(
					this.context,
					credentialName,
					options,
					{ credentialsDecrypted: this.credential },
				),
			{
				method: request.method,
				url: `${this.baseUrl}${request.path}`,
				qs: request.qs,
				body: request.body,
				headers,
			},
		);
	}

	private async settle(
		send: (options: IHttpRequestOptions) => Promise<unknown>,
		options: IHttpRequestOptions,
	): Promise<ApiResponse | Unanswered> {
		try {
			const answer = (await send({
				...options,
				encoding: 'arraybuffer',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// A redirect would carry the credential's headers to another host.
				disableFollowRedirect: true,
				timeout: timeoutMs,
			})) as IN8nHttpFullResponse;
			return readResponse(answer.statusCode, answer.headers, Buffer.from(answer.body as Buffer));
		} catch (cause) {
			this.gate.throwIfCancelled();
			return new Unanswered(cause);
		}
	}
}

/** A request without a whole answer. */
class Unanswered {
	constructor(readonly cause: unknown) {}
}

function isWanted(request: ApiRequest, { status, isJson }: ApiResponse): boolean {
	if (request.accept?.includes(status)) return true;
	return status >= 200 && status < 300 && (isJson || request.acceptText === true);
}
