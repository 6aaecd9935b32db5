// What makes two forms the same, and the transaction around their work.
#include "compte/envoi_unique.hpp"

#include <fmt/format.h>

#include "base/crypto.hpp"
#include "compte/store.hpp"

namespace compte {
namespace {

/// Digest of who sends what, where, with which key; empty without a key. Files count by their name and
/// what they hold: a corrected one of the same name is another.
std::string empreinte_de_l_envoi(const http::Request& req, const Visitor& visitor)
{
    const auto cle = req.field("cle");
    const auto qui = visitor.who();
    if (cle.empty() || qui.empty()) return {};
    std::string tout = qui + "\n" + req.path + "\n";
    const auto ajouter = [&](std::string_view texte) { tout += fmt::format("{}:{}\n", texte.size(), texte); };
    for (const auto& [nom, valeur] : req.form)
        if (nom != "csrf") {
            ajouter(nom);
            ajouter(valeur);
        }
    for (const auto& f : req.files) {
        ajouter(f.field);
        ajouter(f.client_name);
        ajouter(base::sha256_hex(f.data));
    }
    return base::sha256_hex(tout);
}

} // namespace

http::Response une_fois(App& app, const http::Request& req, const Visitor& visitor,
                        const std::function<http::Response(db::Transaction&)>& travail)
{
    const auto empreinte = empreinte_de_l_envoi(req, visitor);
    if (empreinte.empty()) return app.db.write(travail);
    return app.db.write([&](db::Transaction& tx) -> http::Response {
        // A second one, at the same moment, waits here for the first to commit.
        if (!store::reserver_envoi(tx, empreinte, app.clock.now()))
            return http::redirect(store::reponse_envoi(tx, empreinte).value());
        auto reponse = travail(tx);
        std::string vers;
        for (const auto& [nom, valeur] : reponse.headers)
            if (nom == "Location") vers = valeur;
        if (reponse.status == 303)
            store::noter_envoi(tx, empreinte, vers);
        else
            store::liberer_envoi(tx, empreinte); // refused: to be corrected and sent again
        return reponse;
    });
}

std::optional<http::Response> deja_repondu(db::Transaction& tx, const http::Request& req,
                                           const Visitor& visitor)
{
    const auto empreinte = empreinte_de_l_envoi(req, visitor);
    if (empreinte.empty()) return std::nullopt;
    const auto vers = store::reponse_envoi(tx, empreinte);
    return vers ? std::optional{http::redirect(*vers)} : std::nullopt;
}

} // namespace compte
