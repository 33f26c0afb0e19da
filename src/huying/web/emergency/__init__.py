"""应急: opening a card, the card while it runs, its review, who may be alerted, and what a responder sees."""
