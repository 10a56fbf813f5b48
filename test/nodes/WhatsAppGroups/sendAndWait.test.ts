import { createHash } from 'node:crypto';
import axios from 'axios';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { providers } from '../../../nodes/WhatsAppGroups/providers';
import { defaultLabels } from '../../../nodes/WhatsAppGroups/waiting/question';
import { WhatsAppGroups } from '../../../nodes/WhatsAppGroups/WhatsAppGroups.node';
import { byId, stage } from '../../support/sandbox';
import { WaitingExecution } from '../../support/waiting';

const { setup, seen, fail } = stage('waha', 'GOWS');
const team = '120363400000000001@g.us';
const on = { session: byId('default'), group: byId(team) };
const http = axios.create({ validateStatus: () => true });

let execution: WaitingExecution | undefined;
afterEach(async () => {
	await execution?.close();
	execution = undefined;
});

/** Runs the node, and gives the text that arrives in the group with the link in it. */
async function ask(parameters: INodeParameters, items?: INodeExecutionData[]) {
	const all = { resource: 'message', operation: 'sendAndWait', ...on, ...parameters };
	execution = new WaitingExecution(setup(all), items);
	await execution.start();
	const text = ((await seen())[0].body as { text: string }).text;
	return { execution, text, link: /http\S+/.exec(text)![0] };
}

async function open(link: string): Promise<string> {
	const { status, data, headers } = await http.get<string>(link);
	expect(status).toBe(200);
	expect(headers['content-type']).toBe('text/html; charset=utf-8');
	return data;
}

const send = (link: string, form: Record<string, string>) =>
	http.post<string>(link, new URLSearchParams(form));

const approval = (double = false) => ({
	message: 'Shall the order be placed?',
	...(double ? { approvalOptions: { values: { approvalType: 'double' } } } : {}),
});

describe('Message: Send and Wait for Response', () => {
	it('sends message, link and footer as one text, and waits', async () => {
		const { execution, text, link } = await ask({
			...approval(),
			options: { messageFooter: 'Sent by a robot', messageLinkLabel: 'Yes or no' },
		});
		expect(text).toBe(`Shall the order be placed?\n\n*Yes or no:*\n${link}\n\nSent by a robot`);
		expect((await seen())[0].body).toMatchObject({ chatId: team, linkPreview: false });
		expect(new URL(link).searchParams.get('signature')).toMatch(/^[0-9a-f]{64}$/);
		expect(execution.waitTill).toEqual(new Date('3000-01-01T00:00:00.000Z'));
		expect(execution.answers).toEqual([]);
	});

	it('asks once, for the first item, and passes the input on while it waits', async () => {
		const items = [1, 2, 3].map((order) => ({ json: { order } }));
		const { execution, text } = await ask({ message: '=Order {{ $json.order }}?' }, items);
		expect(await seen()).toHaveLength(1);
		expect(text).toContain('Order 1?');
		expect(execution.output.map(({ json }) => json)).toEqual(items.map(({ json }) => json));
	});

	it('is offered by every provider that can send', () => {
		for (const { operations } of providers) {
			expect(operations['message.sendAndWait']).toBe(operations['message.send']);
		}
	});

	it('uses the words that its fields have by default', () => {
		const text = JSON.stringify(new WhatsAppGroups().description.properties);
		for (const label of Object.values(defaultLabels)) {
			expect(text).toContain(`"default":"${label}"`);
		}
	});
});

describe('the page', () => {
	it.each(['GET', 'HEAD', 'PUT', 'OPTIONS'])(
		'answers nothing when it is fetched by %s',
		async (method) => {
			const { execution, link } = await ask(approval(true));
			await http.request({ method, url: `${link}&approved=true` });
			expect(execution.answers).toEqual([]);
		},
	);

	it('approves by a button, which posts', async () => {
		const { execution, link } = await ask(approval());
		const page = await open(link);
		expect(page).toContain('<form method="post">');
		expect(page.match(/<button[^>]*>[^<]*/g)).toEqual([
			'<button type="submit" name="approved" value="true">Approve',
		]);
		const { status, data } = await send(link, { approved: 'true' });
		expect([status, data]).toEqual([200, expect.stringContaining('Thank you')]);
		expect(execution.answers).toEqual([
			[
				{
					json: {
						data: { approved: true, respondedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string },
					},
					pairedItem: { item: 0 },
				},
			],
		]);
	});

	it('declines by a second button where there is one', async () => {
		const values = { approvalType: 'double', approveLabel: 'Go', disapproveLabel: 'Stop' };
		const { execution, link } = await ask({ ...approval(), approvalOptions: { values } });
		const page = await open(link);
		expect(page.match(/<button[^>]*>[^<]*/g)).toEqual([
			'<button type="submit" name="approved" value="true">Go',
			'<button type="submit" name="approved" value="false" class="secondary">Stop',
		]);
		await send(link, { approved: 'false' });
		expect(execution.answers[0][0].json).toMatchObject({ data: { approved: false } });
	});

	it.each([{}, { approved: 'false' }, { approved: 'undefined' }, { other: 'true' }])(
		'takes no answer that it did not offer: %j',
		async (form) => {
			const { execution, link } = await ask(approval());
			const { status, data } = await send(link, form as Record<string, string>);
			expect(status).toBe(422);
			expect(data).toContain('press one of the buttons');
			expect(execution.answers).toEqual([]);
		},
	);

	it('takes a text, with its line breaks', async () => {
		const { execution, link } = await ask({
			message: 'What shall we buy?',
			responseType: 'freeText',
		});
		expect(await open(link)).toContain('<textarea id="field-0" name="field-0" required');
		const empty = await send(link, { 'field-0': ' \r\n' });
		expect([empty.status, empty.data]).toEqual([422, expect.stringContaining('is required')]);
		expect(execution.answers).toEqual([]);
		await send(link, { 'field-0': 'Bread & <b>butter</b>\r\nÄpfel 🍏' });
		expect(execution.answers[0][0].json).toMatchObject({
			data: { text: 'Bread & <b>butter</b>\nÄpfel 🍏' },
		});
	});

	it('takes a form, checked and by label', async () => {
		const { execution, link } = await ask({
			message: 'Dinner?',
			responseType: 'customForm',
			formFields: {
				values: [
					{ fieldLabel: 'Name', fieldType: 'text', requiredField: true },
					{ fieldLabel: 'Guests', fieldType: 'number', requiredField: true },
					{ fieldLabel: 'Day', fieldType: 'dropdown', fieldOptions: 'Monday\nTuesday, late' },
					{ fieldLabel: 'E-mail', fieldType: 'email' },
					{ fieldLabel: 'On', fieldType: 'date' },
					{ fieldLabel: 'respondedAt', fieldType: 'text' },
				],
			},
			options: { responseFormTitle: 'Dinner', responseFormButtonLabel: 'Tell' },
		});
		const page = await open(link);
		expect(page).toContain('<title>Dinner</title>');
		expect(page.match(/<(input|select)[^>]*>/g)).toHaveLength(6);
		const wrong = await send(link, {
			'field-0': '"><script>x</script>',
			'field-1': 'many',
			'field-2': 'Sunday',
			'field-3': 'nobody',
			'field-4': '2026-13-41',
		});
		expect(wrong.status).toBe(422);
		expect(wrong.data.match(/is not (a valid|one of)/g)).toHaveLength(4);
		expect(wrong.data).toContain('value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
		expect(execution.answers).toEqual([]);
		await send(link, {
			'field-0': 'Ann',
			'field-1': '2.5',
			'field-2': 'Tuesday, late',
			'field-4': '2026-12-01',
			'field-5': 'yesterday',
		});
		const { data } = execution.answers[0][0].json as { data: IDataObject };
		expect(data).toMatchObject({ Name: 'Ann', Guests: 2.5, Day: 'Tuesday, late', 'E-mail': null });
		expect(data.On).toBe('2026-12-01');
		expect(data.respondedAt).toMatch(/^\d{4}-.*Z$/);
	});

	it('escapes what it shows, runs its own script only, and loads nothing', async () => {
		const evil = '</p><script>alert(1)</script>"\'&';
		const { link } = await ask({
			message: evil,
			approvalOptions: { values: { approveLabel: evil } },
			options: { responseFormTitle: evil },
		});
		const { data, headers } = await http.get<string>(link);
		const [[, script], ...others] = [...data.matchAll(/<script>(.*?)<\/script>/gs)];
		expect(others).toEqual([]);
		const hash = createHash('sha256').update(script).digest('base64');
		expect(headers['content-security-policy']).toContain(`script-src 'sha256-${hash}';`);
		expect(data.split('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')).toHaveLength(5);
		expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
		expect(headers['cache-control']).toBe('no-store');
		expect(headers['referrer-policy']).toBe('no-referrer');
	});

	it('does without the message when its expression fails meanwhile', async () => {
		const { execution, link } = await ask({ message: '={{ $json.order.id.toString() }}' }, [
			{ json: { order: { id: 7 } } },
		]);
		expect(await open(link)).toContain('7');
		const stack = (execution as unknown as { items: INodeExecutionData[] }).items;
		stack[0].json = {};
		expect(await open(link)).not.toContain('class="message"');
		expect(execution.answers).toEqual([]);
	});

	it('never goes on without an answer, even when it cannot be made any more', async () => {
		const { execution, link } = await ask({ message: 'Well?', responseType: '={{ $json.type }}' }, [
			{ json: { type: 'freeText' } },
		]);
		(execution as unknown as { items: INodeExecutionData[] }).items[0].json = { type: 'none' };
		for (const method of ['get', 'post'] as const) {
			const { status, data } = await http.request<string>({ method, url: link });
			expect([status, data]).toEqual([500, expect.stringContaining('cannot be shown')]);
		}
		expect(execution.answers).toEqual([]);
	});
});

describe('Limit Wait Time', () => {
	const limited = async (values: IDataObject) => {
		const options = { limitWaitTime: { values } } as unknown as INodeParameters;
		const before = Date.now();
		const { execution } = await ask({ ...approval(), options });
		return execution.waitTill!.getTime() - before;
	};

	it.each([
		['minutes', 45, 45 * 60_000],
		['hours', 1.5, 90 * 60_000],
		['days', 2, 48 * 3_600_000],
	])('is an interval in %s', async (resumeUnit, resumeAmount, expected) => {
		const ms = await limited({ limitType: 'afterTimeInterval', resumeAmount, resumeUnit });
		expect(ms / expected).toBeCloseTo(1, 1);
	});

	it('is for ever when it is longer than dates reach', async () => {
		await limited({ limitType: 'afterTimeInterval', resumeAmount: 1e15, resumeUnit: 'days' });
		expect(execution!.waitTill).toEqual(new Date('3000-01-01T00:00:00.000Z'));
	});

	it('is a date in the time zone of the workflow', async () => {
		await limited({ limitType: 'atSpecifiedTime', maxDateAndTime: '2999-07-01T12:00:00' });
		// n8n-core's default zone.
		expect(execution!.waitTill).toEqual(new Date('2999-07-01T16:00:00.000Z'));
	});

	it.each([
		[{ maxDateAndTime: '2001-01-01T00:00:00' }, "'Max Date and Time' has passed"],
		[{ maxDateAndTime: 'soon' }, "'Max Date and Time' is not a date"],
		[{ maxDateAndTime: '' }, "'Max Date and Time' is empty"],
		[{ limitType: 'afterTimeInterval', resumeAmount: -1 }, "'Amount' is out of range"],
		[{ limitType: 'afterTimeInterval', resumeAmount: 'x' }, "'Amount' is not a number"],
	])('is checked before anything is sent: %j', async (values, message) => {
		const limitWaitTime = { values: { limitType: 'atSpecifiedTime', ...values } };
		const error = await fail('message.sendAndWait', {
			...on,
			...approval(),
			options: { limitWaitTime },
		} as unknown as INodeParameters);
		expect(error.message).toBe(message);
		expect(await seen()).toEqual([]);
	});
});

describe('what cannot be asked', () => {
	const form = (...values: INodeParameters[]): INodeParameters => ({
		message: 'Well?',
		responseType: 'customForm',
		formFields: { values },
	});

	it.each<[INodeParameters, string]>([
		[{ message: ' ' }, "'Message' is empty"],
		[{ message: '={{ null }}' }, "The expression in 'Message' gives nothing"],
		[
			{ message: 'Well?', responseType: '={{ "telepathy" }}' },
			"'Response Type' is none of the values that there are",
		],
		[form(), "'Form Elements' is empty"],
		[form({ fieldLabel: '' }), "'Label' is empty"],
		[
			form({ fieldLabel: 'A' }, { fieldLabel: ' A ' }),
			"'Form Elements' has two of the same 'Label'",
		],
		[form({ fieldLabel: 'A', fieldType: 'dropdown' }), "'Choices' of a form element is empty"],
	])('fails before anything is sent: %j', async (parameters, message) => {
		const error = await fail('message.sendAndWait', { ...on, ...parameters });
		expect(error.message).toBe(message);
		expect(await seen()).toEqual([]);
	});

	it('does not wait when the message could not be sent', async () => {
		const parameters = { ...on, ...approval(), group: byId('120363400000009999@g.us') };
		const all = { resource: 'message', operation: 'sendAndWait', ...parameters };
		execution = new WaitingExecution({ ...setup(all), onError: 'continueRegularOutput' });
		await execution.start();
		expect(execution.output).toMatchObject([{ json: { status: 'failed' } }]);
		expect(execution.waitTill).toBeUndefined();
	});
});
