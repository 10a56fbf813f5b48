import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { byId, stage } from '../../support/sandbox';

const team = '120363400000000001@g.us';
const sinchGroup = '5519900000000-1513616971';
const statusOf = (error: Error & IDataObject) => (error.context as IDataObject).status;

describe('words of WAHA that look like codes', () => {
	const { calls, control, fail } = stage('waha', 'NOWEB');
	const on: INodeParameters = { session: byId('default'), group: byId(team) };
	const throws = (message: string) =>
		control('post', '/faults', {
			provider: 'waha',
			kind: 'answer',
			status: 500,
			body: { statusCode: 500, exception: { message, name: 'Error' } },
			times: 'always',
		});

	it.each([
		'Timeout waiting for frame 463',
		'subject to "forbidden": connection closed',
		'not-authorized to read rate-overlimit of 475',
		'failed: rate-overlimit after sending',
		'the group was not found in time',
	])('are none inside another sentence: %s', async (words) => {
		await throws(words);
		const error = await fail('message.send', { ...on, text: 'Hi' });
		expect(error.message).toBe('WAHA could not process the request: the outcome is unknown');
		expect(statusOf(error)).toBe('unknown');
		expect(error.description).toContain(words);
		expect(await calls()).toHaveLength(1);
	});

	it('are some as a whole', async () => {
		await throws('forbidden');
		const error = await fail('message.send', { ...on, text: 'Hi' });
		expect(error.message).toBe('WhatsApp does not allow this to the number of the session');
		expect(statusOf(error)).toBe('failed');
	});
});

describe('words of 360dialog that look like a rate limit', () => {
	const { calls, control, fail, run } = stage('dialog360');
	const answers = (status: number, body: unknown, times: number | 'always') =>
		control('post', '/faults', { provider: 'dialog360', kind: 'answer', status, body, times });
	const sentence = 'You have exceeded the endpoint rate limit.';

	it.each([
		[504, { meta: { developer_message: sentence } }],
		[500, { error: sentence }],
		[400, { meta: { developer_message: `Text mentions "${sentence}"` } }],
		[400, { error: { message: 'rate limit', code: 100 } }],
	])('do not make it send again: %i %j', async (status, body) => {
		await answers(status, body, 'always');
		const error = await fail('group.create', { subject: 'New' });
		expect(statusOf(error)).toBe(status >= 500 ? 'unknown' : 'failed');
		expect(await calls()).toHaveLength(1);
	});

	it('are one as the documented answer', async () => {
		await answers(
			400,
			{ meta: { success: false, http_code: 400, developer_message: sentence } },
			1,
		);
		expect(await run('group.create', { subject: 'New' })).toMatchObject([{ status: 'pending' }]);
		expect(await calls()).toHaveLength(2);
	});
});

describe('advice', () => {
	const dialog360 = stage('dialog360');
	const sinch = stage('sinch');

	it('names no ID on a form without one', async () => {
		for (const body of [{ error: { code: 100, message: '(#100) Invalid parameter' } }, null]) {
			await dialog360.control('post', '/faults', {
				provider: 'dialog360',
				kind: 'answer',
				status: body ? 400 : 404,
				body,
			});
			const error = await dialog360.fail('template.createInvite', {
				templateName: 'group_invite',
				languageCode: 'en_US',
			});
			expect(error.description).not.toMatch(/\bID\b|below|Check the group/);
		}
	});

	it('points to nothing below when nothing is there', async () => {
		for (const status of [400, 418, 404]) {
			await sinch.control('post', '/faults', {
				provider: 'sinch',
				kind: 'answer',
				status,
				body: '',
			});
			const error = await sinch.fail('group.leave', { group: byId(sinchGroup) });
			expect(error.description).not.toMatch(/below|says/);
		}
	});
});
