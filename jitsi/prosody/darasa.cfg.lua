-- Tells Darasa who comes into a class and who goes. Prosody reads it after its own settings, and ENV_ from the
-- environment of its container; event_sync_component is among the plugins that the image brings.

local xmpp_domain = ENV_XMPP_DOMAIN or "meet.jitsi"

Component ("darasa." .. xmpp_domain) "event_sync_component"
    muc_component = ENV_XMPP_MUC_DOMAIN or ("muc." .. xmpp_domain)
    api_prefix = ENV_DARASA_URL .. "/api/webhooks/jitsi"
    api_headers = { ["Authorization"] = "Bearer " .. ENV_JITSI_WEBHOOK_SECRET }

    -- A word that is lost is made up for by the next one about the same person, and when the room ends; a busy or
    -- restarting Darasa is asked again for half a minute.
    api_timeout = 10
    api_retry_count = 15
    api_retry_delay = 2
    api_should_retry_for_code = function (code)
        return code >= 500 or code == 408 or code == 429
    end
