import { mosaicJpeg } from '../shared/mosaicJpeg';
import type { Groups } from './groups';
import { nowSeconds, type Person, type Picture, type Role } from './model';
import type { People } from './people';
import type { Sessions } from './sessions';

/** What the sandbox's README and tests refer to; numbers are of a range kept free for fiction. */
export const SAMPLE = {
	apiKey: 'sandbox-waha-key',
	sessions: { default: 'default', sales: 'sales', scan: 'scan', stopped: 'stopped' },
	phones: {
		/** The account of session `default`. */
		self: '447700900100',
		/** The account of session `sales`. */
		sales: '447700900101',
		/** The account that session `stopped` had. */
		stopped: '447700900102',
		ada: '447700900111',
		ben: '447700900112',
		/** Known to the sessions by lid only. */
		cleo: '447700900113',
		dan: '447700900114',
		/** May only be invited: adding gives 403. */
		eve: '447700900120',
		/** Left `team` a moment ago: adding there gives 408. */
		finn: '447700900121',
		/** In no group, has a lid. */
		grace: '447700900122',
		/** In no group, has no lid. */
		hugo: '447700900123',
		/** Ask to join `bookClub`; Jon is known by lid only. */
		ivy: '447700900124',
		jon: '447700900125',
		/** Not on WhatsApp: adding gives 404. */
		nobody: '447700900404',
	},
	lids: {
		self: '100000000000100',
		sales: '100000000000101',
		ada: '100000000000111',
		cleo: '100000000000113',
		dan: '100000000000114',
		grace: '100000000000122',
		ivy: '100000000000124',
		jon: '100000000000125',
	},
	groups: {
		/** `default` is superadmin; four others, one known by lid only; members listed by lid; a picture. */
		team: '120363400000000001@g.us',
		/** `default` is no admin and only admins may change it; members listed by phone. */
		neighbours: '120363400000000002@g.us',
		/** Old style of id; `default` is alone in it; two join requests wait. */
		bookClub: '447700900100-1600000000@g.us',
		/** Only session `sales` is in it. */
		salesFloor: '120363400000000004@g.us',
	},
	inviteCodes: {
		team: 'SandboxTeamInvite00001',
		neighbours: 'SandboxStreetInvite002',
		bookClub: 'SandboxBooksInvite0003',
		salesFloor: 'SandboxSalesInvite0004',
	},
} as const;

const DAY = 24 * 3600;

/** A green chequerboard of 320 × 320 pixels. */
const teamPicture = mosaicJpeg(320, 320, (column, row) =>
	(column + row) % 2 === 0 ? [37, 150, 110] : [60, 180, 130],
);

/** What a server has that the sample fills. */
interface EmptyServer {
	people: People;
	groups: Groups;
	sessions: Sessions;
	publishPicture(bytes: Buffer, mimeType: string): Picture;
}

/** Fills an empty server with the sample's people, sessions and groups. */
export function placeSample(server: EmptyServer): void {
	const { people, groups, sessions } = server;
	const { phones, lids } = SAMPLE;
	const person = (key: keyof typeof phones, name: string, details: Partial<Person> = {}) =>
		people.add(phones[key], {
			name,
			lid: (lids as Record<string, string>)[key] ?? null,
			...details,
		});

	const self = person('self', 'Sandbox');
	const sales = person('sales', 'Sandbox Sales');
	const stopped = person('stopped', 'Sandbox Archive');
	const ada = person('ada', 'Ada');
	const ben = person('ben', 'Ben');
	const cleo = person('cleo', 'Cleo', { phoneHidden: true });
	const dan = person('dan', 'Dan');
	person('eve', 'Eve', { inviteOnly: true });
	const finn = person('finn', 'Finn');
	person('grace', 'Grace');
	person('hugo', 'Hugo');
	const ivy = person('ivy', 'Ivy');
	const jon = person('jon', 'Jon', { phoneHidden: true });
	person('nobody', 'Nobody', { onWhatsApp: false });

	sessions.place('default', 'WORKING', self, {
		metadata: { 'user.id': '123' },
		proxy: null,
		debug: false,
		ignore: { status: null, groups: null, channels: null },
		webhooks: [
			{
				url: 'http://127.0.0.1:9/not-ours',
				// Somebody else's hook that never fires: registering another must not lose it.
				events: ['label.upsert'],
				hmac: null,
				retries: null,
				customHeaders: null,
			},
		],
	});
	sessions.place('sales', 'WORKING', sales);
	sessions.place('scan', 'SCAN_QR_CODE', null);
	sessions.place('stopped', 'STOPPED', stopped);

	const now = nowSeconds();
	const enter = (id: string, members: Array<[Person, Role]>) =>
		members.forEach(([who, role]) => groups.known(id)?.members.set(who, role));

	const team = groups.place({
		id: SAMPLE.groups.team,
		subject: 'Support Team',
		description: 'Who is on call, and what is on fire',
		creator: self,
		createdAt: now - 90 * DAY,
		inviteCode: SAMPLE.inviteCodes.team,
		addressing: 'lid',
	});
	enter(team.id, [
		[ada, 'admin'],
		[ben, 'participant'],
		[cleo, 'participant'],
		[dan, 'participant'],
	]);
	team.recentlyLeft.set(finn, now);
	team.picture = server.publishPicture(teamPicture, 'image/jpeg');

	groups.place({
		id: SAMPLE.groups.neighbours,
		subject: 'Neighbourhood Watch',
		creator: ada,
		createdAt: now - 400 * DAY,
		inviteCode: SAMPLE.inviteCodes.neighbours,
		addressing: 'phone',
		infoAdminsOnly: true,
	});
	enter(SAMPLE.groups.neighbours, [
		[sales, 'admin'],
		[self, 'participant'],
		[ben, 'participant'],
	]);

	const bookClub = groups.place({
		id: SAMPLE.groups.bookClub,
		subject: 'Book Club',
		creator: self,
		createdAt: 1600000000,
		inviteCode: SAMPLE.inviteCodes.bookClub,
		addressing: 'phone',
		approvalRequired: true,
	});
	for (const [index, who] of [ivy, jon].entries()) {
		const at = now - DAY + index;
		bookClub.requests.set(who, { person: who, method: 'invite_link', addedBy: null, at });
	}

	groups.place({
		id: SAMPLE.groups.salesFloor,
		subject: 'Sales Floor',
		description: 'Leads and lunches',
		creator: sales,
		createdAt: now - 30 * DAY,
		inviteCode: SAMPLE.inviteCodes.salesFloor,
	});
	enter(SAMPLE.groups.salesFloor, [[dan, 'participant']]);
}
