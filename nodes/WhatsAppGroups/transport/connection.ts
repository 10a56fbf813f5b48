import { createHash } from 'node:crypto';
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
import { largerThan, megabyte } from '../values/size';
import { baseUrlOf, credentialText } from './baseUrl';
import type { BasePath } from './baseUrl';
import { checkInput, failure, refusalRow, rowFor, toApiError, unreadable } from './errors';
import type { About, Disposition, ErrorDialect, ErrorRow } from './errors';
import { Gate, RunCancelled } from './gate';
import { lowerCased, parseBody, readBytes, retryAfterMs } from './response';
import type { ApiResponse, DownloadedFile } from './response';
import { Secrets } from './secrets';
import { Unanswered } from './unanswered';
import { withWait } from './waits';

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
	/** Answers other than 2xx that the caller wants to see instead of an error: by status, or whatever fits. */
	accept?: readonly number[] | ((response: ApiResponse) => boolean);
	/** Whether it may be sent again whatever became of it, like a read: it shows nobody anything. */
	isHarmless?: boolean;
	/** Whether a bare string is a proper answer, as WAHA gives for codes and some refusals. */
	acceptText?: boolean;
}

/** Where a provider is reached, and how it words its errors. */
export interface Endpoint {
	credentialName: string;
	errors: ErrorDialect;
	basePath?: BasePath;
	/** Where the provider keeps files that it gives to nobody without the credential, beside the base URL. */
	fileOrigins?: (baseUrl: string) => readonly string[];
}

/** A file at an address that the provider named. */
export interface FileRequest {
	url: string;
	/** As errors call it. */
	name: 'file' | 'picture';
	maxBytes: number;
	/** The type that the bytes show; nothing where they are no such file, which is read again like any read. */
	typeOf?: (bytes: Buffer) => string | undefined;
}

/** Whom a request is made for. */
export interface Caller {
	itemIndex?: number;
	/** See `About`. */
	ifUnknown?: string;
}

/** Builds a path from literal parts and encoded ids: `path`/groups/${id}``. */
export function path(literals: TemplateStringsArray, ...ids: string[]): string {
	return literals.reduce(
		(built, literal, i) => built + encodeURIComponent(ids[i - 1] ?? '') + literal,
	);
}

/** For a request with its whole answer. WAHA waits up to 15 s for a session (providers.md §3.5). */
const deadlineMs = 60_000;
/** The most that an answer may have, in bytes. */
const largestAnswer = 64 * megabyte;
/** How often a read is sent at most when its answer is lost, the first time included. */
const maxReads = 3;
const firstBackoffMs = 1000;
/** A server in trouble that asks for more is reported instead of waited for. */
const longestBackoffMs = 60_000;

/** A decrypted credential and the gate that all requests made with it share. */
export class Connection {
	/** What one item found out and others may use; see `Api.oncePerRun`. */
	readonly memory = new Map<string, unknown>();

	private readonly secrets: Secrets;

	private constructor(
		readonly context: CallingContext,
		readonly endpoint: Endpoint,
		readonly gate: Gate,
		private readonly credential: ICredentialsDecrypted,
		readonly baseUrl: string,
	) {
		this.secrets = Secrets.of(credential.data);
	}

	/** A field of the credential that is no secret, such as the ID of an account. Throws NodeOperationError. */
	setting(name: string, label: string): string {
		return checkInput(this.context.getNode(), () =>
			credentialText(this.credential.data ?? {}, name, label),
		);
	}

	/** The same for every connection with the same credential; tells nothing of it. */
	get identity(): string {
		return createHash('sha256').update(JSON.stringify(this.credential.data)).digest('base64url');
	}

	/** Decrypts the credential; throws n8n's own error when none is set. */
	static async open(
		context: CallingContext,
		endpoint: Endpoint,
		// Where somebody waits before the screen, a refusal for the rate is told at once.
		gate = new Gate({ concurrency: 5, delayMs: 0, patienceMs: 0 }),
	): Promise<Connection> {
		const data = await context.getCredentials<ICredentialDataDecryptedObject>(
			endpoint.credentialName,
		);
		const baseUrl = checkInput(context.getNode(), () => baseUrlOf(endpoint, data));
		const credential = { id: '', name: '', type: endpoint.credentialName, data };
		return new Connection(context, endpoint, gate, credential, baseUrl);
	}

	/**
	 * Sends a request through the gate and gives the answer. One that is refused for the rate is sent
	 * again, whatever its method, since the provider did not take it; one whose answer is lost is sent
	 * again only when it is a read. Throws NodeApiError.
	 */
	async request(request: ApiRequest, caller: Caller = {}): Promise<ApiResponse> {
		const isRead = request.method === 'GET' || request.isHarmless === true;
		const about = this.about(isRead ? { ...caller, ifUnknown: undefined } : caller);
		return await this.repeat(
			isRead,
			async () => await this.attempt(request),
			(response) => {
				if (isWanted(request, response)) return undefined;
				return isSuccess(response) ? 'final' : rowFor(this.endpoint.errors, response).disposition;
			},
			(response) => {
				if (response instanceof Unanswered) return response.toError(about);
				const row = isSuccess(response) ? unreadable : rowFor(this.endpoint.errors, response);
				return this.errorFor(about, row, response);
			},
		);
	}

	/**
	 * Downloads a file from wherever it is; only where the provider keeps its files the credential is
	 * shown. Throws NodeApiError.
	 */
	async downloadFile(request: FileRequest, caller: Caller = {}): Promise<DownloadedFile> {
		const { url, name, maxBytes } = request;
		const about = this.about({ ...caller, ifUnknown: undefined });
		const what = `The ${name} could not be downloaded`;
		if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
			throw failure(about, what, 'Its address is no URL with http:// or https://.');
		}
		const send = this.isOwn(url) ? this.authenticated() : this.anonymous();
		const { file } = await this.repeat(
			true,
			async () => {
				const answer = await this.exchange(send, { method: 'GET', url }, maxBytes);
				return { ...answer, file: fileIn(answer, request) };
			},
			({ file, status }) => {
				if (file !== undefined) return undefined;
				return status < 300 || status >= 500 ? 'unavailable' : 'final';
			},
			(answer) => {
				const httpCode = answer instanceof Unanswered ? undefined : String(answer.status);
				return failure(about, what, whyNoFile(name, answer), { httpCode });
			},
		);
		return file as DownloadedFile;
	}

	private isOwn(url: string): boolean {
		if (url.startsWith(`${this.baseUrl}/`)) return true;
		const origins = this.endpoint.fileOrigins?.(this.baseUrl) ?? [];
		return origins.includes(new URL(url).origin);
	}

	/** The error for a 2xx in which the provider says no. */
	refusal(response: ApiResponse, caller: Caller) {
		return this.errorFor(this.about(caller), refusalRow(this.endpoint.errors, response), response);
	}

	/** The error for a 2xx that is not what the provider documents. */
	unreadable(response: ApiResponse, caller: Caller) {
		const isRead = response.request.method === 'GET';
		const about = this.about(isRead ? { ...caller, ifUnknown: undefined } : caller);
		return this.errorFor(about, unreadable, response);
	}

	about({ itemIndex, ifUnknown }: Caller): About {
		const hide = (text: string) => this.secrets.hide(text);
		return { node: this.context.getNode(), itemIndex, ifUnknown, hide };
	}

	private errorFor(about: About, row: ErrorRow, response: ApiResponse) {
		return toApiError(about, row, this.endpoint.errors.read(response), response.status);
	}

	/** The one loop in which requests are sent again. */
	private async repeat<T extends { headers: Record<string, string> }>(
		isRead: boolean,
		attempt: () => Promise<T>,
		dispositionOf: (answer: T) => Disposition | undefined,
		errorFor: (answer: T | Unanswered) => Error,
	): Promise<T> {
		for (let reads = 1; ; reads += 1) {
			const { answer, refused } = await this.gate.pass(
				async () => await attempt().catch((cause: unknown) => this.unanswered(cause)),
				(outcome) => {
					if (outcome instanceof Unanswered) return undefined;
					const isRefused = dispositionOf(outcome) === 'rateLimited';
					return isRefused ? (retryAfterMs(outcome) ?? null) : undefined;
				},
			);
			if (!(answer instanceof Unanswered) && refused !== undefined) {
				// Whatever else the run would send now would be refused as well.
				const error = withWait(errorFor(answer), refused.askedMs, this.gate.options.patienceMs);
				this.gate.stop(error);
				throw error;
			}
			const backoffMs = firstBackoffMs * 2 ** (reads - 1);
			if (answer instanceof Unanswered) {
				if (!isRead || reads >= maxReads || !answer.isTemporary) throw errorFor(answer);
				await this.gate.sleep(backoffMs);
				continue;
			}
			const disposition = dispositionOf(answer);
			if (disposition === undefined) return answer;
			const waitMs = retryAfterMs(answer) ?? backoffMs;
			const mayRepeat = isRead && disposition === 'unavailable' && reads < maxReads;
			if (!mayRepeat || waitMs > longestBackoffMs) throw errorFor(answer);
			await this.gate.sleep(waitMs);
		}
	}

	private unanswered(cause: unknown): Unanswered {
		if (this.gate.options.signal?.aborted) throw new RunCancelled();
		return new Unanswered(cause);
	}

	private async attempt(request: ApiRequest): Promise<ApiResponse> {
		const headers: IDataObject = { Accept: 'application/json' };
		if (request.body !== undefined) {
			headers['Content-Type'] = request.contentType ?? 'application/json';
		}
		const { method, qs, body } = request;
		const url = `${this.baseUrl}${request.path}`;
		const options = { method, url, qs, body, headers };
		const answer = await this.exchange(this.authenticated(), options, largestAnswer);
		return {
			request: { method, path: request.path },
			status: answer.status,
			headers: answer.headers,
			...parseBody(answer.bytes),
		};
	}

	private authenticated(): Send {
		return async (options, signal) => {
			const { credentialName } = this.endpoint;
			const credentialsDecrypted = this.credential;
			// n8n puts the context's own signal into the request: this one ends with the deadline too.
			const context = Object.create(this.context, {
				getExecutionCancelSignal: { value: () => signal },
			}) as IExecuteFunctions;
			return (await this.context.helpers.httpRequestWithAuthentication.call(
				context,
				credentialName,
				options,
				{ credentialsDecrypted },
			)) as unknown;
		};
	}

	private anonymous(): Send {
		return async (options) => (await this.context.helpers.httpRequest(options)) as unknown;
	}

	/** Sends once and reads the answer to its end, within the deadline and the size allowed. */
	private async exchange(send: Send, options: IHttpRequestOptions, maxBytes: number) {
		const { signal: cancel } = this.gate.options;
		const deadline = AbortSignal.timeout(deadlineMs);
		const signal = cancel ? AbortSignal.any([cancel, deadline]) : deadline;
		const answer = (await send(
			{
				...options,
				// As a stream, so that neither size nor slowness of an answer is without limit.
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// A redirect would carry the credential's headers to another host.
				disableFollowRedirect: true,
				timeout: deadlineMs,
				abortSignal: signal,
			},
			signal,
		)) as IN8nHttpFullResponse;
		return {
			status: answer.statusCode,
			headers: lowerCased(answer.headers),
			bytes: await readBytes(answer.body, maxBytes),
		};
	}
}

type Send = (options: IHttpRequestOptions, signal: AbortSignal) => Promise<unknown>;

/** The file of an answer, if there is one in it. */
function fileIn(
	{ status, headers, bytes }: { status: number; headers: Record<string, string>; bytes: Buffer },
	{ typeOf }: FileRequest,
): DownloadedFile | undefined {
	if (status !== 200 || bytes.length === 0) return undefined;
	if (typeOf === undefined) return { data: bytes, mimeType: headers['content-type'] ?? null };
	const mimeType = typeOf(bytes);
	return mimeType === undefined ? undefined : { data: bytes, mimeType };
}

/** Whoever has the file need not be the provider, of whose address and state nothing is said then. */
function whyNoFile(name: string, answer: { status: number } | Unanswered): string {
	if (!(answer instanceof Unanswered)) {
		return answer.status === 200
			? `What is at its address is no ${name}. Try again later.`
			: `Its address may have expired, or its host may be down: try again later. The host answered with HTTP status ${answer.status}.`;
	}
	return answer.exceeds === undefined
		? 'Its host is not reached from n8n, or did not send all of it. Try again later.'
		: largerThan(answer.exceeds);
}

function isSuccess({ status }: ApiResponse): boolean {
	return status >= 200 && status < 300;
}

function isWanted({ accept = [], acceptText }: ApiRequest, response: ApiResponse): boolean {
	if (isSuccess(response)) return response.isJson || acceptText === true;
	return typeof accept === 'function' ? accept(response) : accept.includes(response.status);
}
