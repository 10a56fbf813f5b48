import type { INodeParameters } from 'n8n-workflow';
import { jpeg } from '../../../support/images';
import { fileOf } from '../../../support/n8n';
import { byId, stage } from '../../../support/sandbox';

const engines = ['WEBJS', 'NOWEB', 'GOWS'] as const;
const team = '120363400000000001@g.us';
const neighbours = '120363400000000002@g.us';
const bookClub = '447700900100-1600000000@g.us';

describe.each(engines)('WAHA with %s', (engine) => {
	const {
		run: plainRun,
		runItems,
		fail: plainFail,
		seen,
		requestsOf,
		control,
		setup,
	} = stage('waha', engine);
	const on = (group: string, more: INodeParameters = {}): INodeParameters => ({
		session: byId('default'),
		group: byId(group),
		...more,
	});
	const run = async (key: string, parameters: INodeParameters) =>
		await plainRun(key, { session: byId('default'), ...parameters });
	const fail = async (key: string, parameters: INodeParameters) =>
		await plainFail(key, { session: byId('default'), ...parameters });
	const server = async (path: string, body: unknown) =>
		await control('post', `/waha/${engine.toLowerCase()}${path}`, body);
	const prefix = `/${engine.toLowerCase()}/api/default/groups`;
	/** `METHOD path` below the groups of the session, decoded. */
	const calls = async () =>
		(await seen()).map(
			({ method, path }) => `${method} ${decodeURIComponent(path).replace(prefix, '')}`,
		);
	const answer = async (status: number, body: unknown, more: object = {}) =>
		await control('post', '/faults', { provider: 'waha', kind: 'answer', status, body, ...more });

	describe('groups', () => {
		it('creates a group with first participants and says who could not be added', async () => {
			const [group] = await run('group.create', {
				subject: ' Customers ',
				additionalFields: { participants: '+44 7700 900122, 447700900120, 447700900404' },
			});
			expect(group).toMatchObject({
				status: 'created',
				id: expect.stringMatching(/^\d+@g\.us$/),
				requestId: null,
				subject: ' Customers ',
				inviteLink: null,
			});
			expect(group.participants).toEqual([
				{
					participant: '447700900122@c.us',
					phone: '447700900122',
					status: 'success',
					code: 200,
					reason: null,
				},
				expect.objectContaining({
					participant: '447700900120@c.us',
					status: 'failed',
					// NOWEB leaves out whom it could not add, WEBJS invites them itself.
					code: engine === 'NOWEB' ? null : 403,
					reason: expect.stringContaining(
						{
							WEBJS: 'has sent them an invitation',
							NOWEB: 'read the participants',
							GOWS: 'send them the invite link',
						}[engine],
					),
				}),
				expect.objectContaining({ status: 'failed', code: engine === 'NOWEB' ? null : 404 }),
			]);
			expect((await seen())[0]).toMatchObject({
				method: 'POST',
				path: prefix,
				status: 201,
				body: {
					name: ' Customers ',
					participants: [
						{ id: '447700900122@c.us' },
						{ id: '447700900120@c.us' },
						{ id: '447700900404@c.us' },
					],
				},
			});
		});

		it('creates a group without participants', async () => {
			const [group] = await run('group.create', { subject: 'Alone' });
			expect(group).toMatchObject({ status: 'created', participants: null });
			expect((await seen())[0].body).toEqual({ name: 'Alone', participants: [] });
			if (engine !== 'WEBJS') expect(group.createdAt).toMatch(/Z$/);
		});

		it('takes a failed creation as one, whatever its status', async () => {
			await server('/failures', { on: 'create', message: 'account-restricted' });
			const error = await fail('group.create', { subject: 'Customers' });
			if (engine === 'WEBJS') {
				expect(error.message).toBe('WhatsApp refused the request');
				expect(error.description).not.toContain('all the same');
				expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
			} else {
				// A 500 does not say whether WhatsApp has refused it.
				expect(error.message).toBe('WAHA could not process the request: the outcome is unknown');
				expect(error.description).toMatch(/^The group may have been created all the same: /);
				expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
			}
			expect(error.description).toContain('account-restricted');
			expect(await calls()).toHaveLength(1);
		});

		it('gets a group in one model for every engine', async () => {
			const [group] = await run('group.get', on(team));
			expect(group).toMatchObject({
				id: team,
				subject: 'Support Team',
				description: 'Who is on call, and what is on fire',
				createdAt: expect.stringMatching(/Z$/),
				owner: { id: expect.any(String), phone: '447700900100' },
				participantCount: 5,
				joinApprovalMode: 'autoApprove',
				suspended: engine === 'GOWS' ? false : null,
				settings: { infoAdminsOnly: false, messagesAdminsOnly: false },
			});
			const participants = group.participants as Array<{ id: string; phone: string; role: string }>;
			expect(participants.map(({ role }) => role)).toEqual([
				'creator',
				'admin',
				'participant',
				'participant',
				'participant',
			]);
			expect(participants[0].phone).toBe('447700900100');
			expect(participants[3]).toEqual({
				id: '100000000000113@lid',
				phone: null,
				role: 'participant',
			});
			expect(Object.keys(group)).toHaveLength(10);
		});

		it('gets a group without description whose members are approved', async () => {
			expect(await run('group.get', on(bookClub))).toMatchObject([
				{
					id: bookClub,
					description: null,
					createdAt: '2020-09-13T12:26:40.000Z',
					joinApprovalMode: 'approvalRequired',
					participantCount: 1,
				},
			]);
		});

		it('gives what the engine wrote with Simplify off', async () => {
			const [raw] = await run('group.get', on(team, { simplify: false }));
			expect(raw).toHaveProperty({ WEBJS: 'groupMetadata', NOWEB: 'descId', GOWS: 'JID' }[engine]);
		});

		it('lists groups, page by page', async () => {
			const groups = await run('group.getAll', { returnAll: true });
			expect(groups.map(({ id, subject }) => [id, subject])).toEqual([
				[team, 'Support Team'],
				[neighbours, 'Neighbourhood Watch'],
				[bookClub, 'Book Club'],
			]);
			expect((await seen())[0].query).toEqual({ limit: '100', offset: '0', sortBy: 'id' });
			expect(await run('group.getAll', { returnAll: false, limit: 2 })).toHaveLength(2);
		});

		it('gives no items for a session without groups', async () => {
			await server('/groups/' + team + '/leave', { phone: '447700900100' });
			await server('/groups/' + neighbours + '/leave', { phone: '447700900100' });
			await server('/groups/' + bookClub + '/leave', { phone: '447700900100' });
			expect(await run('group.getAll', { returnAll: true })).toEqual([]);
		});

		it('updates subject and description with one request each', async () => {
			const updateFields = { subject: 'Partners', description: 'Who helps us' };
			expect(await run('group.update', on(team, { updateFields }))).toEqual([
				{ success: true, status: 'success', groupId: team },
			]);
			expect(await seen()).toMatchObject([
				{ method: 'PUT', body: { subject: 'Partners' } },
				{ method: 'PUT', body: { description: 'Who helps us' } },
			]);
			expect(await run('group.get', on(team))).toMatchObject([updateFields]);
		});

		it('removes the description with an empty one', async () => {
			// From 2026.7.2 on this engine wants a text.
			if (engine === 'GOWS') await server('/release', { release: '2026.7.1' });
			await run('group.update', on(team, { updateFields: { description: '' } }));
			expect(await calls()).toEqual([`PUT /${team}/description`]);
			expect(await run('group.get', on(team))).toMatchObject([{ description: null }]);
		});

		it('says what was changed when only the second change is refused', async () => {
			await answer(500, { exception: { message: 'not-acceptable' } }, { path: 'description$' });
			const error = await fail(
				'group.update',
				on(team, { updateFields: { subject: 'Partners', description: 'x' } }),
			);
			expect(error.message).toBe('WhatsApp does not accept the value');
			expect(error.description).toMatch(
				/^The subject is changed; this is about the description\. Check the fields/,
			);
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
			expect(await run('group.get', on(team))).toMatchObject([{ subject: 'Partners' }]);
		});

		it('says what was changed when the answer to the second change is lost', async () => {
			const lost = { provider: 'waha', kind: 'dropAfter', path: 'description$' };
			await control('post', '/faults', lost);
			const error = await fail(
				'group.update',
				on(team, { updateFields: { subject: 'Partners', description: 'x' } }),
			);
			expect(error.message).toBe(
				'The connection to the provider broke off: the outcome is unknown',
			);
			expect(error.description).toMatch(
				/^The subject is changed; this is about the description\. The change may be made all the same: /,
			);
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
			expect(await run('group.get', on(team))).toMatchObject([
				{ subject: 'Partners', description: 'x' },
			]);
		});

		it('leaves a group', async () => {
			expect(await run('group.leave', on(team))).toEqual([
				{ success: true, status: 'success', groupId: team },
			]);
			expect(await calls()).toEqual([`POST /${team}/leave`]);
		});

		it('deletes a group where the engine can', async () => {
			if (engine === 'WEBJS') {
				expect(await run('group.delete', on(team))).toEqual([
					{ success: true, status: 'success', groupId: team, deleted: true },
				]);
			} else {
				const error = await fail('group.delete', on(team));
				expect(error.message).toBe('The engine of this WAHA server cannot do this');
				expect(error.description).toContain('use Leave');
				expect(error.description).toContain(engine);
			}
			expect(await calls()).toEqual([`DELETE /${team}`]);
		});

		it.each([
			['spaces', ' 120363400000000001 @g.us\n'],
			['no @g.us', '120363400000000001'],
			['upper case', '120363400000000001@G.US'],
		])('takes an ID with %s', async (_, id) => {
			expect(await run('group.get', on(id))).toMatchObject([{ id: team }]);
			expect(await calls()).toEqual([`GET /${team}`]);
		});

		it.each([
			['447700900111@c.us', "'Group' is not the ID of a group at WAHA"],
			['120363144038483540@newsletter', "'Group' is not the ID of a group at WAHA"],
			['100000000000111@lid', "'Group' is not the ID of a group at WAHA"],
			['Support Team', "'Group' is not the ID of a group at WAHA"],
			[
				'https://chat.whatsapp.com/AbC',
				"'Group' is an invite link, which is not the ID of the group",
			],
			[' ', "'Group' is empty"],
		])('refuses %s as a group before any request', async (id, message) => {
			const error = await fail('group.get', on(id));
			expect(error.message).toBe(message);
			expect(error.description).toBeTruthy();
			expect(await calls()).toEqual([]);
		});

		it('names a group that it is not in', async () => {
			const error = await fail('group.get', on('120363400000000099@g.us'));
			// WEBJS fails in its browser without saying why.
			expect(error.message).toBe(
				engine === 'WEBJS'
					? 'WAHA could not process the request'
					: 'WhatsApp does not know this group or person',
			);
			expect(error.description).toMatch(/Check that the group exists|Choose the group/);
		});

		it('takes an answer without a group for an unknown one', async () => {
			await answer(200, '');
			const error = await fail('group.get', on(team));
			expect(error.message).toBe('WAHA does not know this group');
		});
	});

	describe('settings', () => {
		it('gets and changes all four', async () => {
			expect(await run('groupSetting.get', on(neighbours))).toEqual([
				{
					groupId: neighbours,
					infoAdminsOnly: true,
					messagesAdminsOnly: false,
					membersCanAdd: false,
					joinApproval: false,
				},
			]);
			const updateFields = {
				infoAdminsOnly: true,
				messagesAdminsOnly: true,
				membersCanAdd: true,
				joinApproval: true,
			};
			expect(await run('groupSetting.update', on(team, { updateFields }))).toEqual([
				{ success: true, status: 'success', groupId: team },
			]);
			expect((await seen()).slice(4)).toMatchObject([
				{
					method: 'PUT',
					path: expect.stringMatching(/info-admin-only$/),
					body: { adminsOnly: true },
				},
				{ path: expect.stringMatching(/messages-admin-only$/), body: { adminsOnly: true } },
				{
					path: expect.stringMatching(/member-add-mode$/),
					body: { membersCanAddNewMember: true },
				},
				{
					path: expect.stringMatching(/membership-approval$/),
					body: { newMembersApprovalRequired: true },
				},
			]);
			expect(await run('groupSetting.get', on(team))).toMatchObject([updateFields]);
			expect(await run('group.get', on(team))).toMatchObject([{ settings: updateFields }]);
		});

		it('changes only the one that is given', async () => {
			await run('groupSetting.update', on(team, { updateFields: { messagesAdminsOnly: false } }));
			expect(await calls()).toEqual([`PUT /${team}/settings/security/messages-admin-only`]);
		});

		it('says that the first was changed when the second is refused', async () => {
			await answer(200, 'false', { path: 'messages-admin-only$' });
			const error = await fail(
				'groupSetting.update',
				on(team, { updateFields: { infoAdminsOnly: true, messagesAdminsOnly: true } }),
			);
			expect(error.message).toBe('WhatsApp does not allow this to the number of the session');
			expect(error.description).toMatch(
				/^'Only Admins Edit Group Info' is changed; this is about 'Only Admins Send Messages'\. Make the number an admin/,
			);
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
			expect(await run('groupSetting.get', on(team))).toMatchObject([
				{ infoAdminsOnly: true, messagesAdminsOnly: false },
			]);
		});
	});

	describe('pictures', () => {
		it('gets the picture from WhatsApp without showing the key', async () => {
			const [item] = await runItems('groupPicture.get', on(team, { outputPropertyName: 'data' }));
			expect(item.json).toMatchObject({
				groupId: team,
				fileName: 'picture.jpeg',
				mimeType: 'image/jpeg',
			});
			expect((await fileOf(item.binary!.data)).length).toBe(item.json.fileSize);
			const [download] = await requestsOf('cdn');
			expect(download.headers).not.toHaveProperty('x-api-key');
		});

		it('sets and removes a picture', async () => {
			const picture = jpeg(64, 64);
			const items = [{ files: { photo: { data: picture, fileName: 'me.jpg' } } }];
			const set = on(bookClub, { binaryPropertyName: 'photo' });
			const [done] = await runItems('groupPicture.set', set, { items });
			expect(done.json).toEqual({ success: true, status: 'success', groupId: bookClub });
			expect((await seen())[0].body).toEqual({
				file: { mimetype: 'image/jpeg', filename: 'me.jpg', data: picture.toString('base64') },
			});
			const get = on(bookClub, { outputPropertyName: 'data' });
			const [item] = await runItems('groupPicture.get', get);
			expect((await fileOf(item.binary!.data)).equals(picture)).toBe(true);

			expect(await run('groupPicture.remove', on(bookClub))).toEqual([
				{ success: true, status: 'success', groupId: bookClub },
			]);
			const error = await fail('groupPicture.get', get);
			expect(error.message).toBe('The group has no picture');
		});

		it('asks for a fresh address when the one that WAHA remembers has expired', async () => {
			await control('post', '/faults', { provider: 'cdn', kind: 'answer', status: 403 });
			const get = on(team, { outputPropertyName: 'data' });
			expect(await runItems('groupPicture.get', get)).toHaveLength(1);
			expect((await seen()).map(({ query }) => query)).toEqual([{}, { refresh: 'true' }]);
		});

		it('says that the file could not be downloaded, not that the key is wrong', async () => {
			const gone = { provider: 'cdn', kind: 'answer', status: 403, times: 'always' };
			await control('post', '/faults', gone);
			const error = await fail('groupPicture.get', on(team, { outputPropertyName: 'data' }));
			expect(error.message).toBe('The picture could not be downloaded');
			expect(error.description).toContain('403');
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
			// Once at the address that WAHA remembers, and once at a fresh one.
			expect(await requestsOf('cdn')).toHaveLength(2);
		});

		it('reads the picture again when a page comes in its place', async () => {
			await control('post', '/faults', { provider: 'cdn', kind: 'notJson', times: 2 });
			const [item] = await runItems('groupPicture.get', on(team, { outputPropertyName: 'data' }));
			expect(item.json).toMatchObject({ groupId: team, mimeType: 'image/jpeg' });
			expect(await requestsOf('cdn')).toHaveLength(3);
			expect(await calls()).toEqual([`GET /${team}/picture`]);
		});

		it('does not pass off a page for a picture', async () => {
			await control('post', '/faults', { provider: 'cdn', kind: 'notJson', times: 'always' });
			const error = await fail('groupPicture.get', on(team, { outputPropertyName: 'data' }));
			expect(error.message).toBe('The picture could not be downloaded');
			expect(error.description).toContain('no picture');
			// Three times at each of the two addresses.
			expect(await requestsOf('cdn')).toHaveLength(6);
		});

		it('fetches a file that the WAHA server keeps itself with the key', async () => {
			const url = `${String(setup({}).credentials.whatsAppGroupsWahaApi.baseUrl)}/api/files/a.jpg`;
			await answer(200, { url }, { path: 'picture$' });
			// What it is called is not what it is.
			const headers = { 'content-type': 'image/jpeg' };
			await answer(200, 'GIF89a picture', { path: 'a.jpg$', headers });
			const [item] = await runItems('groupPicture.get', on(team, { outputPropertyName: 'data' }));
			expect(item.json).toEqual({
				groupId: team,
				fileName: 'picture.gif',
				mimeType: 'image/gif',
				fileSize: 14,
			});
			expect((await fileOf(item.binary!.data)).toString()).toBe('GIF89a picture');
			const requests = await seen();
			expect(requests).toHaveLength(2);
			expect(requests[1].headers['x-api-key']).toBe(requests[0].headers['x-api-key']);
			expect(requests[1].headers['x-api-key']).toBeTruthy();
		});

		it('says so when it may not change the picture', async () => {
			const error = await fail('groupPicture.remove', on(neighbours));
			expect(error.message).toBe('WhatsApp does not allow this to the number of the session');
			expect(error.description).toContain('Make the number an admin');
		});
	});

	describe('invite links', () => {
		it('gets the link with its code, and resets it', async () => {
			expect(await run('inviteLink.get', on(team))).toMatchObject([
				{
					link: 'https://chat.whatsapp.com/SandboxTeamInvite00001',
					code: 'SandboxTeamInvite00001',
				},
			]);
			const [fresh] = await run('inviteLink.reset', on(team));
			expect(fresh.code).not.toBe('SandboxTeamInvite00001');
			expect(fresh.link).toBe(`https://chat.whatsapp.com/${String(fresh.code)}`);
			expect(await calls()).toEqual([
				`GET /${team}/invite-code`,
				`POST /${team}/invite-code/revoke`,
			]);
			expect(await run('inviteLink.get', on(team))).toMatchObject([{ code: fresh.code }]);
		});
	});

	describe('participants', () => {
		const numbers = { participants: '+44 7700 900122, 447700900120, 447700900121, 447700900404' };

		it('lists participants with phone where it is known, and role', async () => {
			const list = await run('participant.getAll', on(team, { returnAll: true }));
			const [me, ada, ben, cleo, dan] = list;
			expect(list).toHaveLength(5);
			expect(me).toMatchObject({ groupId: team, phone: '447700900100', role: 'creator' });
			expect(ada).toMatchObject({
				phone: engine === 'WEBJS' ? null : '447700900111',
				role: 'admin',
			});
			expect(ben).toMatchObject({ phone: '447700900112', role: 'participant' });
			expect(cleo).toEqual({
				groupId: team,
				id: '100000000000113@lid',
				phone: null,
				role: 'participant',
			});
			// WEBJS names no number beside a lid; Resolve Phone Numbers is for that.
			const danPhone = engine === 'WEBJS' ? null : '447700900114';
			expect(dan).toMatchObject({ id: '100000000000114@lid', phone: danPhone });
			expect(await calls()).toEqual([`GET /${team}/participants/v2`]);
		});

		it.each(['older', '2025.10.1'])('lists participants of the release %s', async (release) => {
			await server('/release', { release });
			const list = await run('participant.getAll', on(team, { returnAll: true }));
			expect(list.map(({ role }) => role)).toEqual([
				'creator',
				'admin',
				'participant',
				'participant',
				'participant',
			]);
			expect(list[3]).toMatchObject({ id: '100000000000113@lid', phone: null });
			expect(await calls()).toEqual(
				release === 'older'
					? [`GET /${team}/participants/v2`]
					: [`GET /${team}/participants/v2`, `GET /${team}/participants`],
			);
		});

		it('adds people and says what became of each', async () => {
			const results = await run('participant.add', on(team, numbers));
			expect(results.map(({ participant, status, code }) => [participant, status, code])).toEqual([
				['447700900122@c.us', 'success', 200],
				['447700900120@c.us', 'failed', 403],
				['447700900121@c.us', 'failed', 408],
				['447700900404@c.us', 'failed', 404],
			]);
			expect(results.map(({ phone }) => phone)).toEqual([
				'447700900122',
				'447700900120',
				'447700900121',
				'447700900404',
			]);
			const reasons = results.map(({ reason }) => reason);
			expect(reasons[0]).toBeNull();
			expect(reasons[1]).toContain('privacy settings');
			expect(reasons[2]).toContain('left the group recently');
			expect(reasons[3]).toContain('not on WhatsApp');
			expect(await calls()).toEqual([`POST /${team}/participants/add`]);
		});

		it('explains 409 and 419', async () => {
			const [again] = await run('participant.add', on(team, { participants: '447700900112' }));
			expect(again).toMatchObject({
				code: 409,
				reason: expect.stringContaining('in the group already'),
			});
			await server(`/groups/${team}/arrange`, { maxMembers: 5 });
			const [full] = await run('participant.add', on(team, { participants: '447700900123' }));
			expect(full).toMatchObject({ code: 419, reason: expect.stringContaining('group is full') });
		});

		it('fails on a partial failure when asked to', async () => {
			const error = await fail(
				'participant.add',
				on(team, { ...numbers, options: { failOnPartialFailure: true } }),
			);
			expect(error.message).toBe('Of 4 entries 3 failed, 1 done');
			expect(error.description).toContain('447700900120@c.us: Their privacy settings');
			expect(error.description).not.toMatch(/\.\.|\.;/);
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		});

		it('fails on the only one when asked to', async () => {
			const error = await fail(
				'participant.add',
				on(team, { participants: '447700900120', options: { failOnPartialFailure: true } }),
			);
			expect(error.message).toBe('The only entry failed');
			expect(error.description).toMatch(/^447700900120@c\.us: Their privacy settings/);
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		});

		it.each([
			['participant.promote', 'admin/promote', '447700900112', '447700900112@c.us'],
			['participant.demote', 'admin/demote', '447700900111', '100000000000111@lid'],
			['participant.remove', 'participants/remove', '447700900112', '447700900112@c.us'],
		])('%s acts on people once each', async (key, path, phone, id) => {
			const participants = `+${phone}, ${phone}@s.whatsapp.net`;
			expect(await run(key, on(team, { participants }))).toEqual([
				{
					groupId: team,
					participant: `${phone}@c.us`,
					phone,
					status: 'success',
					code: 200,
					reason: null,
				},
			]);
			const changes = (await seen()).filter(({ method }) => method === 'POST');
			expect(changes).toMatchObject([
				{ path: expect.stringContaining(path), body: { participants: [{ id }] } },
			]);
		});

		it('adds somebody by number whom WhatsApp then shows without it', async () => {
			const [result] = await run('participant.add', on(team, { participants: '447700900125' }));
			expect(result).toMatchObject({ phone: '447700900125', status: 'success', code: 200 });
		});

		it('acts on somebody whose number is hidden', async () => {
			const [result] = await run(
				'participant.promote',
				on(team, { participants: '100000000000113@lid' }),
			);
			expect(result).toMatchObject({
				participant: '100000000000113@lid',
				phone: null,
				status: 'success',
			});
		});

		it.each(['participant.add', 'participant.promote', 'participant.remove'])(
			'%s says so when the number is no admin',
			async (key) => {
				const error = await fail(key, on(neighbours, { participants: '447700900112' }));
				const asSentence = engine === 'WEBJS' && key === 'participant.add';
				expect(error.message).toBe(
					asSentence
						? 'WhatsApp refused the request'
						: 'WhatsApp does not allow this to the number of the session',
				);
				expect(error.description).toMatch(/admin/);
			},
		);

		const unreadable: Array<[what: string, given: string, advice: string]> = [
			['letters', '44770CALLME', 'Write one phone number with the country code'],
			['a national number', '07700 900123', 'in place of the leading 0'],
			['an ID of Meta', 'US.13491208655302741918', 'WAHA does not know a business-scoped user ID'],
		];

		it.each(unreadable)('sends nothing for %s, and does the others', async (_, given, advice) => {
			const participants = `${given}; 447700900122`;
			const results = await run('participant.add', on(team, { participants }));
			expect(results).toEqual([
				{
					groupId: team,
					participant: given,
					phone: null,
					status: 'failed',
					code: null,
					reason: expect.stringContaining(advice),
				},
				expect.objectContaining({ participant: '447700900122@c.us', status: 'success' }),
			]);
			expect((await seen()).map(({ body }) => body)).toEqual([
				{ participants: [{ id: '447700900122@c.us' }] },
			]);
		});

		it.each(unreadable)(
			'with Fail on Partial Failure refuses %s before any request',
			async (_, given, advice) => {
				const error = await fail(
					'participant.add',
					on(team, {
						participants: `447700900122; ${given}`,
						options: { failOnPartialFailure: true },
					}),
				);
				expect(error.message).toBe("'Participants' has an entry that cannot be read");
				expect(error.description).toContain(`Entry 2, “${given}”: `);
				expect(error.description).toContain(advice);
				expect(await calls()).toEqual([]);
			},
		);

		it.each(unreadable)(
			'refuses %s among the first participants of a group',
			async (_, given, advice) => {
				const error = await fail('group.create', {
					subject: 'Customers',
					additionalFields: { participants: `447700900122; ${given}` },
				});
				expect(error.message).toBe("'Participants' has an entry that cannot be read");
				expect(error.description).toContain(`Entry 2, “${given}”: `);
				expect(error.description).toContain(advice);
				expect(await calls()).toEqual([]);
			},
		);

		it('asks for at least one person before any request', async () => {
			const error = await fail('participant.add', on(team, { participants: ' ; ' }));
			expect(error.message).toBe("'Participants' is empty");
			expect(await calls()).toEqual([]);
		});
	});

	describe('messages', () => {
		it('sends a text with all that WAHA takes', async () => {
			const [first] = await run('message.send', on(team, { text: 'Hi' }));
			expect(first).toMatchObject({
				groupId: team,
				id: expect.stringContaining(`true_${team}_3EB0`),
			});
			await run(
				'message.send',
				on(team, {
					text: 'Look @447700900112',
					additionalFields: {
						linkPreview: false,
						mentions: '+44 7700 900112, ALL',
						replyTo: first.id as string,
					},
				}),
			);
			expect((await seen()).map(({ body }) => body)).toEqual([
				{ session: 'default', chatId: team, text: 'Hi' },
				{
					session: 'default',
					chatId: team,
					text: 'Look @447700900112',
					reply_to: first.id,
					mentions: ['447700900112@c.us', 'all'],
					linkPreview: false,
				},
			]);
			if (engine === 'GOWS') expect(first.sentAt).toBeNull();
			else expect(first.sentAt).toMatch(/Z$/);
		});
	});

	describe('answers of other releases', () => {
		it.each([
			['true', 200, 'true'],
			['“true” in quotes', 200, '"true"'],
			['nothing', 201, ''],
			['an empty object', 201, {}],
		])('takes %s for done', async (_, status, body) => {
			await answer(status, body);
			expect(await run('group.leave', on(team))).toEqual([
				{ success: true, status: 'success', groupId: team },
			]);
		});

		it.each([
			['group.update', { updateFields: { subject: 'x' } }],
			['group.update', { updateFields: { description: 'x' } }],
			['group.leave', {}],
			['group.delete', {}],
			['groupSetting.update', { updateFields: { infoAdminsOnly: true } }],
			['participant.promote', { participants: '447700900112' }],
			['participant.add', { participants: '447700900112' }],
			['inviteLink.get', {}],
			['inviteLink.reset', {}],
			['message.send', { text: 'Hi' }],
			['groupPicture.remove', {}],
		])('%s takes false for a refusal', async (key, parameters) => {
			// The participants are read before a change of one.
			await answer(200, 'false', key === 'participant.promote' ? { path: 'promote$' } : {});
			const error = await fail(key, on(team, parameters));
			expect(error.message).toBe('WhatsApp does not allow this to the number of the session');
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'failed' });
		});

		it('takes an object that says so for a refusal', async () => {
			await answer(200, { success: 'false' });
			const error = await fail('group.leave', on(team));
			expect(error.message).toBe('WhatsApp does not allow this to the number of the session');
		});

		it.each([
			['group.update', { updateFields: { subject: 'x' } }, 'The change may be made'],
			['group.leave', {}, 'The account may have left the group'],
			['groupSetting.update', { updateFields: { infoAdminsOnly: true } }, 'The change may be made'],
			['participant.add', { participants: '447700900112' }, 'They may be in the group'],
			['message.send', { text: 'Hi' }, 'The message may have been sent'],
			['group.create', { subject: 'x' }, 'The group may have been created'],
		])('%s takes a page of a proxy for what it is', async (key, parameters, mayBeDone) => {
			await control('post', '/faults', { provider: 'waha', kind: 'notJson' });
			const error = await fail(key, on(team, parameters));
			expect(error.message).toBe(
				'The provider answered in a way that cannot be read: the outcome is unknown',
			);
			expect(String(error.description).startsWith(`${mayBeDone} all the same: `)).toBe(true);
			expect(error.description).toContain("'Base URL'");
			expect(error.context).toMatchObject({ itemIndex: 0, status: 'unknown' });
			expect(await seen()).toHaveLength(1);
		});

		it('works with a release that answers every POST with 201', async () => {
			await server('/release', { release: 'older' });
			await run('participant.add', on(team, { participants: '447700900122' }));
			await run('message.send', on(team, { text: 'Hi' }));
			await run('inviteLink.reset', on(team));
			await run('group.leave', on(team));
			expect((await seen()).map(({ status }) => status)).toEqual([201, 201, 201, 201]);
		});
	});
});
