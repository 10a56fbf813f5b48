import { runningDialog360 } from './client';
import { purchases, whatsapp, whatsAppError } from './cloudApi';

const stage = runningDialog360();

const text = (given: string, name?: string) => ({
	type: 'text',
	text: given,
	...(name && { parameter_name: name }),
});
const picture = { type: 'image', image: { link: 'https://files.example.com/a.jpg' } };
const part = (type: string, ...parameters: object[]) => ({ type, parameters });

const arrange = async (template: object) =>
	await stage.control('post', '/dialog360/templates', {
		name: 'own',
		language: 'en_US',
		category: 'UTILITY',
		components: [{ type: 'BODY', text: 'Hi {{1}}, {{2}}' }],
		...template,
	});
const send = async (components: object[] = [], language = 'en_US') => {
	const { status, data } = await stage.api().post<unknown>('/messages', {
		...whatsapp,
		recipient_type: 'group',
		to: purchases,
		type: 'template',
		template: { name: 'own', language: { code: language }, components },
	});
	return { status, data };
};
const body = part('body', text('a'), text('b'));

describe('templates in the sandbox (assumed from Cloud API’s general codes [I])', () => {
	it('are sent with as many parameters as they have', async () => {
		await arrange({});
		expect((await send([body])).status).toBe(200);
		expect(await send([part('body', text('a'))])).toEqual(whatsAppError(132000));
		expect(await send([])).toEqual(whatsAppError(132000));
		expect(await send([body, part('header', text('x'))])).toEqual(whatsAppError(132000));
	});

	it('are sent with parameters of their kinds', async () => {
		await arrange({
			components: [
				{ type: 'HEADER', format: 'IMAGE' },
				{ type: 'BODY', text: '!' },
			],
		});
		expect((await send([part('header', picture)])).status).toBe(200);
		expect(await send([part('header', text('x'))])).toEqual(whatsAppError(132012));
		expect(await send([])).toEqual(whatsAppError(132000));
	});

	it('are sent with the names of their parameters', async () => {
		await arrange({
			parameter_format: 'NAMED',
			components: [{ type: 'BODY', text: 'Hi {{who}}' }],
		});
		expect((await send([part('body', text('a', 'who'))])).status).toBe(200);
		expect(await send([part('body', text('a', 'whom'))])).toEqual(whatsAppError(132012));
		expect(await send([part('body', text('a'))])).toEqual(whatsAppError(132012));
	});

	it('need what their links need', async () => {
		const buttons = [{ type: 'URL', url: 'https://example.com/{{1}}' }];
		await arrange({
			components: [
				{ type: 'BODY', text: '!' },
				{ type: 'BUTTONS', buttons },
			],
		});
		const button = { ...part('button', text('x')), sub_type: 'url', index: '0' };
		expect((await send([button])).status).toBe(200);
		expect(await send([])).toEqual(whatsAppError(132000));
	});

	it.each([
		['submitted', 132001, 404],
		['rejected', 132001, 404],
		['paused', 132015, 400],
		['disabled', 132016, 400],
	])('that are %s are not sent', async (status, code, http) => {
		await arrange({ status });
		expect(await send([body])).toEqual(whatsAppError(code, http));
		expect(await send([body], 'de')).toEqual(whatsAppError(132001, 404));
	});

	it.each([
		['for codes', { category: 'AUTHENTICATION' }],
		[
			'with answers to tap',
			{
				components: [
					{ type: 'BODY', text: 'Hi {{1}}, {{2}}' },
					{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY' }] },
				],
			},
		],
	])('%s are not for groups', async (_, template) => {
		await arrange(template);
		expect(await send([body])).toEqual(whatsAppError(131009));
	});

	it('can be arranged with what there is only', async () => {
		const { status } = await stage.tryControl('post', '/dialog360/templates', {
			name: 'own',
			language: 'en_US',
			category: 'UTILITY',
			components: [{ type: 'BODY', text: 'Hi' }],
			status: 'unheard',
		});
		expect(status).toBe(400);
	});
});
