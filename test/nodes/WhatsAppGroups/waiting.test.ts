import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { GroupEvent } from '../../../nodes/WhatsAppGroups/model';
import { noteTold } from '../../../nodes/WhatsAppGroups/contract/told';
import { groupEvent } from '../../../nodes/WhatsAppGroups/contract/events';
import { byId, stage } from '../../support/sandbox';

/** What the samples of both emulators have: the number's first group, and people in its second. */
const inquiry = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

const status = (error: Error & IDataObject) => (error.context as IDataObject).status;

describe.each([
	['360dialog', 'dialog360'],
	['Meta Cloud API', 'meta'],
] as const)('%s: Wait for Result', (_, provider) => {
	const { run: runOn, fail: failOn, control, calls, seen } = stage(provider);
	const number: INodeParameters =
		provider === 'meta' ? { phoneNumber: byId('106540352242922') } : {};
	const wait = { ...number, group: byId(inquiry), waitForResult: true, maximumWait: 20 };
	const run = async (key: string, parameters: INodeParameters) =>
		await runOn(key, { ...wait, ...parameters });
	const fail = async (key: string, parameters: INodeParameters) =>
		await failOn(key, { ...wait, ...parameters });
	const settings = async (values: object) => await control('put', `/${provider}/settings`, values);
	const accepted = async (method: string, requestId?: string) =>
		await control('post', '/faults', {
			provider,
			kind: 'answer',
			status: 200,
			body: requestId === undefined ? { success: true } : { request_id: requestId },
			method,
			times: 1,
		});
	const people = async () =>
		(await runOn('participant.getAll', { ...number, group: byId(inquiry) })).map(
			({ phone }) => `+${String(phone)}`,
		);
	const told = (event: GroupEvent['event'], requestId: string, more: object = {}) =>
		noteTold([
			groupEvent({
				event,
				group: { id: inquiry },
				requestId,
				timestamp: null,
				deliveryId: `${event} ${requestId}`,
				...more,
			}),
		]);

	it('ends a deletion when the group is gone', async () => {
		await settings({ changeDelayMs: 1500 });
		const [gone] = await run('group.delete', {});
		expect(gone).toMatchObject({ success: true, status: 'success', deleted: true });
		expect((await calls()).filter((call) => call.startsWith('DELETE'))).toHaveLength(1);
	});

	it('ends an update when the group shows it', async () => {
		await settings({ changeDelayMs: 1500 });
		const [done] = await run('group.update', {
			updateFields: { subject: ' Watches ', description: '' },
		});
		expect(done).toMatchObject({ success: true, status: 'success', groupId: inquiry });
		const [group] = await runOn('group.get', { ...number, group: byId(inquiry) });
		expect(group.subject).toBe('Watches');
	});

	it('ends a removal when they are gone, and tells who is not', async () => {
		await settings({ changeDelayMs: 1000 });
		const [first, second] = await people();
		const results = await run('participant.remove', {
			participants: [first, '+15550009999'].join(),
			maximumWait: 3,
		});
		expect(results).toMatchObject([
			{ participant: first, status: 'success' },
			// Whom the group never showed may be in it by another ID: nothing is claimed.
			{
				participant: '+15550009999',
				status: 'pending',
				reason: expect.stringContaining('does not show this person'),
			},
		]);
		expect(await people()).toEqual([second]);
	});

	it('is pending when time is up, for a deletion and an update as an error that says so', async () => {
		await accepted('DELETE');
		const deletion = await fail('group.delete', { maximumWait: 1 });
		expect(deletion.message).toBe("The change was not made within 'Maximum Wait (Seconds)'");
		expect(deletion.description).toMatch(
			/^The provider has taken the request, but after 1 seconds/,
		);
		expect(status(deletion)).toBe('pending');
		await accepted('POST');
		const update = await fail('group.update', {
			maximumWait: 1,
			updateFields: { subject: 'Other' },
		});
		expect(status(update)).toBe('pending');
	});

	it('leaves people pending who are still there when time is up', async () => {
		await accepted('DELETE');
		const [first] = await people();
		const results = await run('participant.remove', { participants: first, maximumWait: 1 });
		expect(results).toMatchObject([{ participant: first, status: 'pending' }]);
	});

	it('believes a webhook that this n8n hears more than what is to be seen', async () => {
		await accepted('DELETE', 'r-delete');
		told('group.deleteFailed', 'r-delete', {
			errors: [{ code: 131207, message: 'Suspended', details: 'The group is suspended.' }],
		});
		const error = await fail('group.delete', {});
		expect(error.message).toBe('The provider has not made the change');
		expect(error.description).toContain('The group is suspended.');
		expect(status(error)).toBe('failed');

		await accepted('POST', 'r-update');
		told('group.updated', 'r-update');
		const [done] = await run('group.update', { updateFields: { subject: 'Other' } });
		expect(done).toMatchObject({ status: 'success' });

		const [first, second] = await people();
		await accepted('DELETE', 'r-remove');
		const participants = (phone: string) => [{ id: phone.slice(1), phone: null, role: null }];
		told('participant.removed', 'r-remove', { participants: participants(first) });
		told('participant.removeFailed', 'r-remove', {
			participants: participants(second),
			errors: [{ code: 131212, message: 'Not in the group', details: 'DETAILS' }],
		});
		expect(await run('participant.remove', { participants: `${first},${second}` })).toMatchObject([
			{ participant: first, status: 'success' },
			{ participant: second, status: 'failed', code: 131212, reason: 'DETAILS' },
		]);
	});

	it('tells which part of an update was made, and which was not', async () => {
		await accepted('POST', 'r-part');
		told('group.updated', 'r-part', { changes: { subject: 'Other' } });
		told('group.updateFailed', 'r-part', {
			changes: { description: 'Long' },
			errors: [{ code: 131009, message: 'Invalid', details: 'Too long.' }],
		});
		const error = await fail('group.update', {
			updateFields: { subject: 'Other', description: 'Long' },
		});
		expect(error.message).toBe('The provider has made only a part of the change');
		expect(error.description).toBe(
			'Changed: subject. Not changed: description. A webhook tells so. It says: Too long.',
		);
	});

	it('takes a refusal to look at the group for no sign that it is still there', async () => {
		await accepted('DELETE');
		await control('post', '/faults', {
			provider,
			kind: 'answer',
			status: 400,
			body: { error: { message: 'No', type: 'OAuthException', code: 131215 } },
			method: 'GET',
			times: 'always',
		});
		const error = await fail('group.delete', { maximumWait: 5 });
		expect(error.message).toBe('The number may not use groups');
		expect(error.description).toMatch(/^The provider has taken the request\./);
		expect(status(error)).toBe('pending');
	});

	it('stays pending when it cannot be looked at any more', async () => {
		const refused = async (after = 0) =>
			await control('post', '/faults', {
				provider,
				after,
				kind: 'answer',
				status: 403,
				body: { error: { message: 'No', type: 'OAuthException', code: 10 } },
				method: 'GET',
			});
		await accepted('DELETE');
		await refused();
		const error = await fail('group.delete', {});
		expect(status(error)).toBe('pending');
		expect(error.description).toMatch(/^The provider has taken the request\./);
		const [first] = await people();
		await accepted('DELETE');
		await refused(1);
		const results = await run('participant.remove', { participants: first });
		expect(results).toMatchObject([
			{ status: 'pending', reason: expect.stringContaining('could not be read') },
		]);
	});

	it('asks nothing more without it', async () => {
		await run('group.update', { waitForResult: false, updateFields: { subject: 'Quick' } });
		expect(await seen()).toHaveLength(1);
	});
});
