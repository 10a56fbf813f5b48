import { groupIdFrom } from './ids';
import type { JoinApprovalMode, Person } from './model';

/** A group that a number has at first. */
export interface SampleGroup {
	id: string;
	subject: string;
	description?: string;
	joinApprovalMode: JoinApprovalMode;
	/** Unix seconds. */
	createdAt: number;
	participants: Person[];
	asking: Person[];
}

/** The groups of the number in the documents' samples. */
export const documentedGroups = (phone: string): SampleGroup[] => [
	{
		id: groupIdFrom(phone, '120363404694233820'),
		subject: 'New Purchase Inquiry',
		description: 'Questions before you buy',
		joinApprovalMode: 'approval_required',
		createdAt: 1755548877,
		participants: [
			{ waId: '16505551234', name: 'Sheena Nelson' },
			{ waId: '447700900123', name: 'Tom Baker' },
		],
		asking: [
			{ waId: '16505555678', name: 'Pablo Moreno' },
			{ waId: '4915112345678', name: 'Jana Klein' },
		],
	},
	{
		id: groupIdFrom(phone, '120363394320964150'),
		subject: 'Watch Enthusiasts',
		description: 'Everything that ticks',
		joinApprovalMode: 'auto_approve',
		createdAt: 1757000000,
		participants: [
			{ waId: '17865347866', name: 'Ana Ruiz' },
			{ waId: '447700900456', name: 'Priya Shah' },
			{
				waId: '5511988887777',
				name: 'Carla Dias',
				userId: 'US.13491208655302741918',
				username: '@carladias',
			},
		],
		asking: [],
	},
	{
		id: groupIdFrom(phone, '120363377004411250'),
		subject: 'Beta testers',
		joinApprovalMode: 'auto_approve',
		createdAt: 1758000000,
		participants: [],
		asking: [],
	},
];
