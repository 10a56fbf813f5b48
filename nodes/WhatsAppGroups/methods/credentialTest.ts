import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { Advice, CredentialQuestion } from '../contract/credentialTest';
import type { Provider } from '../contract/provider';
import { providers } from '../providers';
import { headersFor } from '../transport/authentication';
import { baseUrlOf } from '../transport/baseUrl';
import { excerpt, rowFor } from '../transport/errors';
import { networkFaultOf } from '../transport/networkFaults';
import { probe } from '../transport/probe';
import type { ApiResponse } from '../transport/response';
import { Secrets } from '../transport/secrets';
import { InvalidInput } from '../values/invalidInput';
import { addressHint } from './addressHint';

/**
 * Tests a credential of any provider. n8n's declarative tests follow redirects with the secret in the
 * headers, and can only name answers that are wrong; this one goes nowhere else, and takes nothing but
 * what the provider itself would answer. n8n shows the message of a failed test only.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ type, data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const provider = providers.find(({ credentialName }) => credentialName === type)!;

	const fault = await firstFault(this, provider, data);
	if (!fault) return { status: 'OK', message: `${provider.name} accepts the credential` };
	const text = `${fault.message}. ${fault.description}`;
	return { status: 'Error', message: Secrets.of(data).hide(text) };
}

async function firstFault(
	context: ICredentialTestFunctions,
	provider: Provider,
	data: NonNullable<ICredentialsDecrypted['data']>,
): Promise<Advice | undefined> {
	const { questions } = provider.credentialTest;
	let baseUrl = '';
	try {
		baseUrl = baseUrlOf(provider, data as IDataObject);
		const answers: unknown[] = [];
		for (const question of questions) {
			const { path } = question;
			const asked = typeof path === 'string' ? path : path(data as IDataObject, answers);
			const url = `${baseUrl}${asked}`;
			const response = await probe(context, url, headersFor(provider.credentialTest, data));
			const fault = faultOf(provider, question, response);
			if (fault) return fault;
			answers.push(response.body);
		}
		return undefined;
	} catch (error) {
		if (error instanceof InvalidInput) return error;
		const { message, description } = networkFaultOf(error);
		return { message, description: `${description}${addressHint(baseUrl, error)}` };
	}
}

function faultOf(
	provider: Provider,
	question: CredentialQuestion,
	response: ApiResponse,
): Advice | undefined {
	const finding = isSuccess(response) && response.isJson ? question.read(response.body) : 'foreign';
	if (finding === 'fine') return undefined;
	if (finding !== 'foreign') return finding;
	return refusalOf(provider, response) ?? foreign(provider, response);
}

/** What the provider says against the credential, if this is the provider. */
function refusalOf(provider: Provider, response: ApiResponse): Advice | undefined {
	const { name, errors, credentialTest } = provider;
	const { status, body, headers } = response;
	const row = rowFor(errors, response);
	if (status >= 300 && status < 400) {
		return { ...row, description: `${row.description}${destination(headers.location)}` };
	}
	if (row.disposition === 'rateLimited') {
		return { message: row.message, description: 'Wait a minute, then test again.' };
	}
	if (status >= 500) {
		return {
			message: `${name} does not work at present (HTTP status ${status})`,
			description:
				'Try again later. On a server of your own, check that it is running, and look into its log.',
		};
	}
	if (isPage(response)) return undefined;

	const { code = status, details } = errors.read(response);
	// Whoever refuses in words that are not the provider's is somebody else.
	if (body !== null && details === undefined) return undefined;
	const isAboutCredential = status === 401 || status === 403 || code !== status;
	const advice = credentialTest.refusals[code] ?? (isAboutCredential ? row : undefined);
	if (!advice) return undefined;
	const words = details === undefined ? '' : ` ${name} says: ${excerpt(details)}`;
	return { message: advice.message, description: `${advice.description}${words}` };
}

function foreign({ name, credentialTest }: Provider, response: ApiResponse): Advice {
	const what = isPage(response) ? 'A web page' : 'Something else';
	return {
		message: `${name} does not answer at 'Base URL'`,
		description: `${what} answers there (HTTP status ${response.status}). ${credentialTest.address}`,
	};
}

function isSuccess({ status }: ApiResponse): boolean {
	return status >= 200 && status < 300;
}

function isPage({ body }: ApiResponse): boolean {
	return typeof body === 'string' && body.startsWith('<');
}

/** Where a redirect leads, without path and query, in which anything might stand. */
function destination(location = ''): string {
	return URL.canParse(location) ? ` It leads to ${new URL(location).origin}.` : '';
}
