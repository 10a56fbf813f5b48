/** A message template of the account, in one language, as far as sending it goes. */
export interface MessageTemplate {
	name: string;
	language: string;
	/** Why a group cannot get it, as a sentence; `null` where it can. */
	refusal: string | null;
	/** There for one with which people are invited to a group: whether WhatsApp has approved it. */
	invite?: { isApproved: boolean };
	/** The file above its text, which comes with each message. */
	header: HeaderType | null;
	/** In the order of the template. */
	parameters: TemplateParameter[];
}

export type HeaderType = 'document' | 'image' | 'video';

/** A gap in a template that each message fills. */
export interface TemplateParameter {
	/** Names it among those of the template, for the editor's field and the message. */
	id: string;
	/** As the editor shows it. */
	label: string;
	component: 'body' | 'button' | 'header';
	/** There where the template names its gaps instead of counting them. */
	name?: string;
	/** Of the button, counted from 0. */
	index?: number;
}
