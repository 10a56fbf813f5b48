import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { byId, stage } from '../../../support/sandbox';

const { run, control } = stage('waha', 'NOWEB');
const team = '120363414984201825@g.us';
const sample = (name: string) =>
	JSON.parse(
		readFileSync(join(__dirname, '../../../fixtures/waha', `${name}.json`), 'utf8'),
	) as unknown;
const answered = async (body: unknown, key: string, more: INodeParameters = {}) => {
	await control('post', '/faults', { provider: 'waha', kind: 'answer', status: 200, body });
	return await run(key, { session: byId('default'), group: byId(team), ...more });
};

/** The bodies that WAHA's documents and source show, which the sandbox only imitates. */
describe('WAHA: documented answers', () => {
	const me = { phone: '554891972220', role: 'creator' };

	it.each([
		['webjs', '554891972220@c.us', null, null],
		['noweb', '35644520837319@lid', '5511999990000', null],
		['gows', '35644520837319@lid', undefined, false],
	])('reads the groups of %s', async (engine, owner, otherPhone, suspended) => {
		const [group] = await answered(sample(`3.4.1-${engine}-groups`), 'group.getAll', {
			returnAll: true,
		});
		expect(group).toEqual({
			id: team,
			subject: 'Team',
			description: 'About us',
			createdAt: engine === 'gows' ? '2026-09-20T12:00:00.000Z' : '2026-09-20T18:22:40.000Z',
			owner: { id: owner, phone: '554891972220' },
			participantCount: 2,
			participants: [
				{ id: owner, ...me },
				...(otherPhone === undefined
					? []
					: [{ id: '224253161005092@lid', phone: otherPhone, role: 'participant' }]),
			],
			joinApprovalMode: 'autoApprove',
			suspended,
			settings: {
				infoAdminsOnly: false,
				messagesAdminsOnly: false,
				membersCanAdd: false,
				joinApproval: false,
			},
		});
	});

	it('reads a group that WEBJS created', async () => {
		const participants = '+55 11 99999-0000, +55 11 99999-0001';
		expect(
			await answered(sample('3.4.1-webjs-created'), 'group.create', {
				subject: 'Team',
				additionalFields: { participants },
			}),
		).toMatchObject([
			{
				id: team,
				participants: [
					{ phone: '5511999990000', status: 'success', code: 200 },
					{ phone: '5511999990001', status: 'failed', code: null },
				],
			},
		]);
	});

	it.each([
		['webjs', `true_${team}_3EB0AAAA_554891972220@c.us`, true],
		['noweb', `true_${team}_3EB0AAAA`, true],
		['gows', `true_${team}_3EB0AAAA_554891972220@c.us`, false],
	])('reads a message that %s sent', async (engine, id, isTimed) => {
		expect(await answered(sample(`3.6-${engine}-sent`), 'message.send', { text: 'Hi' })).toEqual([
			{ groupId: team, id, sentAt: isTimed ? '2026-09-20T18:23:20.000Z' : null },
		]);
	});
});
