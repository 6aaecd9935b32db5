// The job that empties the outbox: take under a lease, send, write down the answer, one message at a time.
#include "courrier/jobs.hpp"

#include <stdexcept>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/step.hpp"
#include "base/text.hpp"
#include "courrier/smtp.hpp"
#include "courrier/store.hpp"
#include "courrier/views.hpp"

namespace courrier {

namespace {

constexpr int messages_par_lot = 20;
// Far longer than a message may take (smtp.cpp), far shorter than anybody waits.
constexpr std::int64_t bail_secondes = 600;
// When the server does not answer, what was taken with the message that found out rests for that long.
constexpr std::int64_t repos_secondes = 60;

std::string message_id(const ASortir& m, const std::string& expediteur)
{
    return m.id + "." + std::to_string(m.envoi) + expediteur.substr(expediteur.rfind('@'));
}

} // namespace

Bilan expedier(db::Database& database, const base::Clock& clock, const Config& config, std::string_view par,
               const std::stop_token& arret)
{
    Bilan bilan;
    if (config.smtp_url.empty()) return bilan;
    // A clock that tests set is everybody's.
    const auto heure = [&](db::Transaction& tx) {
        return clock.is_fixed() ? clock.now() : heure_des_baux(tx, clock.now());
    };
    {
        // Most often nothing is due: found out without waiting for the writers.
        auto tx = database.read();
        if (!a_expedier(tx, clock.now(), heure(tx))) return bilan;
    }
    if (!base::parse_email(config.mail_from))
        throw std::runtime_error{"courriel.expediteur is not an e-mail address: nothing can be sent"};
    // Two threads of one process may give the same name.
    const auto moi = std::string{par} + "/" + base::random_token(6);
    ClientSmtp client{{config.smtp_url, config.smtp_user, config.smtp_password}, arret};
    const Signature signature{config.operateur_nom, config.operateur_contact};
    const auto fin_du_bail = [&](db::Transaction& tx) { return heure(tx).plus_seconds(bail_secondes); };

    while (true) {
        const auto lot = database.write([&](db::Transaction& tx) {
            const auto maintenant = clock.now();
            liberer_les_abandonnes(tx, maintenant, heure(tx));
            return prendre(tx, moi, maintenant, fin_du_bail(tx), messages_par_lot);
        });
        if (lot.empty()) return bilan;
        base::step("mail.taken");
        for (const auto& m : lot) {
            if (arret.stop_requested()) {
                database.write([&](db::Transaction& tx) { reposer(tx, moi, clock.now()); });
                return bilan;
            }
            std::optional<Joint> joint;
            const bool encore_a_moi = database.write([&](db::Transaction& tx) {
                joint = joint_de(tx, m.id);
                return prolonger(tx, m.id, moi, fin_du_bail(tx));
            });
            if (!encore_a_moi) continue;
            base::step("mail.before_send");
            const auto reponse =
                client.envoyer({config.mail_from, config.mail_from_name, m.destinataire, m.objet, clock.now(),
                                message_id(m, config.mail_from),
                                signer({m.texte, m.html}, m.objet, signature), std::move(joint), m.requete});
            base::step("mail.after_send");
            const auto le = clock.now();
            const auto prochain = prochain_essai(m.essais, m.depuis_le, le);
            const bool remis = reponse.remise == Reponse::Remise::Acceptee;
            const bool refuse = !remis && (reponse.remise == Reponse::Remise::Refusee || !prochain);
            const bool note = database.write([&](db::Transaction& tx) {
                if (remis) return marquer_envoye(tx, m.id, moi, le);
                if (refuse) return marquer_refuse(tx, m.id, moi, reponse.detail);
                return marquer_echec(tx, m.id, moi, *prochain, reponse.detail);
            });
            ++(remis ? bilan.envoyes : refuse ? bilan.refuses : bilan.reportes);
            base::log(remis ? base::Level::Info : base::Level::Warning,
                      remis    ? "courriel.envoye"
                      : refuse ? "courriel.refuse"
                               : "courriel.reporte",
                      {{"courriel", m.id}, {"gabarit", m.gabarit}, {"essai", std::to_string(m.essais)}});
            // The lease outlives any sending: losing it means that this machine slept or its clock jumped.
            if (!note) base::log(base::Level::Warning, "courriel.bail_perdu", {{"courriel", m.id}});
            if (reponse.remise == Reponse::Remise::ServeurAbsent) {
                const auto plus_tard = clock.now().plus_seconds(repos_secondes);
                database.write([&](db::Transaction& tx) { reposer(tx, moi, plus_tard); });
                return bilan;
            }
        }
    }
}

} // namespace courrier
