"""Tokens of agencies and their use; what was sent once; concerns that wait; webhooks and what became of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rightplace.foundation.organisation.models import Agency, Membership, Worker
from rightplace.gateways.api.purposes import OF_CONTACTS


def of_contacts() -> list[str]:
    """What a token is for when nobody says otherwise."""
    return list(OF_CONTACTS)


class ApiToken(models.Model):
    """A key of an agency's system, for some purposes. Only its digest is kept; it acts as one membership."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32, unique=True)
    purposes = ArrayField(models.CharField(max_length=40), default=of_contacts)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed"
    )
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "api_token"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")), name="token_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"


class ApiUse(models.Model):
    """How often a token was used for a purpose in one minute; kept for a day."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="uses")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    purpose = models.CharField(max_length=40)
    minute = models.BigIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        db_table = "api_use"
        constraints = [
            models.UniqueConstraint(fields=["token", "purpose", "minute"], name="api_use_once_a_minute")
        ]
        indexes = [models.Index(fields=["agency", "minute"], name="api_use_by_agency")]

    def __str__(self) -> str:
        return f"{self.token_id} in {self.minute}"


class Once(models.Model):
    """What was answered to one thing that an agency sent under an id of its own. Holds numbers and times only."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=40)
    sender_id = models.CharField(max_length=200)
    body_digest = models.BinaryField(max_length=32)
    code = models.SmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "api_once"
        constraints = [
            models.UniqueConstraint(fields=["agency", "what", "sender_id"], name="api_once_each_id")
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.agency_id}"


class Queued(models.Model):
    """A concern that came too fast to be taken in at once. Sealed; gone when it is in the journal."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    sender_id = models.CharField(max_length=200)
    body_digest = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    came = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "api_queued"
        constraints = [models.UniqueConstraint(fields=["agency", "sender_id"], name="api_queued_once")]

    def __str__(self) -> str:
        return f"queued {self.pk}"


class Webhook(models.Model):
    """An address of an agency's system that is told when something of the agency's has moved."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=300)
    events = ArrayField(models.CharField(max_length=40))
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "api_webhook"

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class WebhookKey(models.Model):
    """What a webhook's key is made from, together with the key file: the database alone signs nothing."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="keys")
    salt = models.BinaryField(max_length=16)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_webhook_key"

    def __str__(self) -> str:
        return f"key {self.pk}"


class Delivery(models.Model):
    """One event for one webhook: when it is tried next, and what became of it."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    event = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    occasion = models.BigIntegerField(default=0)
    link = models.CharField(max_length=200)
    happened = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    delivered = models.DateTimeField(null=True, blank=True)
    given_up = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_delivery"
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event", "number", "occasion"], name="api_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(delivered__isnull=True) | Q(given_up__isnull=True), name="api_delivery_one_end"
            ),
        ]
        indexes = [
            models.Index(fields=["next_try"], name="api_delivery_due", condition=Q(next_try__isnull=False))
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def event_id(self) -> str:
        """The same at each attempt, so that the receiver knows what came before."""
        return f"evt_{self.pk}"


class Attempt(models.Model):
    """One attempt at a delivery: the answer's code, or in a word why there was none. Never what was answered."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField()
    code = models.SmallIntegerField(default=0)
    said = models.CharField(max_length=60, default="")
    milliseconds = models.IntegerField(default=0)

    class Meta:
        db_table = "api_attempt"

    def __str__(self) -> str:
        return f"attempt {self.pk}"
