import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { Values } from '../values/values';
import { readAnswer } from './answer';
import type { Entered } from './answer';
import { brokenPage, questionPage, thanksPage } from './page';
import { readQuestion } from './question';
import type { Question } from './question';
import { scriptSource } from './script';

/**
 * Somebody opens the link, or answers; n8n has checked its signature, and that the execution waits. Only an
 * answer makes the execution go on. Nothing may be thrown here: n8n would go on with an empty item.
 */
export function respond(context: IWebhookFunctions): IWebhookResponseData {
	let question: Question;
	try {
		question = readQuestion(valuesOf(context));
	} catch (error) {
		context.logger.warn('The page for a response could not be made', {
			workflowId: context.getWorkflow().id,
			node: context.getNode().name,
			error: error instanceof Error ? error.message : String(error),
		});
		return show(context, 500, brokenPage());
	}
	const message = messageOf(context);
	if (context.getRequestObject().method !== 'POST') {
		return show(context, 200, questionPage(question, message));
	}
	const entered = enteredIn(context);
	const answer = readAnswer(question, entered);
	if ('problems' in answer) {
		return show(context, 422, questionPage(question, message, answer.problems, entered));
	}
	const data = { ...answer.data, respondedAt: new Date().toISOString() };
	setHeaders(context);
	return {
		webhookResponse: thanksPage(),
		workflowData: [[{ json: { data }, pairedItem: { item: 0 } }]],
	};
}

function valuesOf(context: IWebhookFunctions): Values {
	return new Values(
		(name) => context.getNodeParameter(name, null) ?? undefined,
		(label) => ({ label, isExpression: false }),
	);
}

/** It stands in the group as well: the page does without when an expression gives nothing any more. */
function messageOf(context: IWebhookFunctions): string {
	try {
		return valuesOf(context).optionalText('message') ?? '';
	} catch {
		return '';
	}
}

function enteredIn(context: IWebhookFunctions): Entered {
	const texts = Object.entries(context.getBodyData()).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	);
	return Object.fromEntries(texts);
}

function show(context: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	setHeaders(context);
	context.getResponseObject().status(status).send(page);
	return { noWebhookResponse: true };
}

/** The page stands on n8n's own host: it runs its own script only, loads nothing, and is kept by nobody. */
function setHeaders(context: IWebhookFunctions): void {
	context.getResponseObject().set({
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; script-src ${scriptSource}; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
		'Cache-Control': 'no-store',
		'Referrer-Policy': 'no-referrer',
		'X-Content-Type-Options': 'nosniff',
	});
}
